// What the scenario of security groups proves, step by step: between guests, by packets. Each step leaves its changes to the next.

import { explainField } from '@/server/core/explain/object-change'
import { explainVerdict } from '@/server/core/explain/verdict'
import type { Verification } from '@/server/core/path/verification'
import { labExec } from '../lab'
import { verify } from './conduct'
import { askAnew, runInGuest, startInGuest, waitForAddresses } from './guest'
import { openConnection, whichCarry } from './open-connection'
import { findVerificationProblems } from './problems'
import { listenOn } from './reach'
import { ALICES_PORT, INNER_PORT, WEB_PORTS, type Machine } from './security-group-design'
import { anything, change, fails, nothing, passes, prove, type Stage } from './security-group-stage'
import { hideBehindTags, lie } from './spoof'

export const LISTENERS = [INNER_PORT, INNER_PORT + 1, WEB_PORTS.from, WEB_PORTS.to, WEB_PORTS.to + 1]
/** Between them; an open connection takes it for itself. */
const KEPT_PORT = WEB_PORTS.from + 1
const LATE_PORT = 8100
/** Far behind those that ports are given. */
const SECOND_ADDRESS = '10.0.30.200'
const OTHER_ADDRESS = '10.0.30.201'
export const WITNESS = 'cmp1'
const LEASE_TIMEOUT_MS = 120_000

/** Both directions of each pair; what is let in is answered, also where nothing is let out. */
export const proveGroups = (stage: Stage): Promise<void> =>
  prove(
    stage,
    'groups',
    passes('alice', 'bob', `tcp ${INNER_PORT}`, `udp ${ALICES_PORT}`, 'icmp'),
    passes('bob', 'alice', `tcp ${INNER_PORT}`, `udp ${ALICES_PORT}`, 'icmp'),
    nothing('stranger', 'alice'),
    nothing('stranger', 'bob'),
    nothing('alice', 'stranger'),
    passes('alice', 'web', `tcp ${WEB_PORTS.from}`, `tcp ${WEB_PORTS.to}`, `udp ${ALICES_PORT}`, 'icmp', 'icmp6'),
    fails('alice', 'web', `tcp ${WEB_PORTS.to + 1}`, `udp ${ALICES_PORT + 1}`),
    nothing('bob', 'web'),
    nothing('stranger', 'web'),
    passes('web', 'bob', `tcp ${INNER_PORT}`),
    fails('web', 'bob', `tcp ${INNER_PORT + 1}`, `udp ${ALICES_PORT}`, 'icmp'),
    nothing('web', 'alice'),
    // No address of IPv6 is a member's.
    fails('alice', 'bob', 'icmp6'),
  )

/** One that passes, hop by hop, and one of which the verdict has to say who ends it; of one that is not let out the drawn path has to. */
export async function verifyBoth(stage: Stage): Promise<Verification[]> {
  const { options, api, design, problems } = stage
  const { machines } = design
  options.onProgress('verifying what passes and what does not')
  const passed = await verify(api, machines.alice.portId, machines.bob.portId)
  problems.push(...findVerificationProblems(passed))
  const held = await verify(api, machines.stranger.portId, machines.bob.portId)
  const verdict = held.verdict ? explainVerdict(held.verdict) : 'nothing'
  const [, ...said] = verdict.split('no rule of a security group of bob (default, inside) lets them in')
  if (held.status !== 'failed' || said.length !== 1) problems.push(`of what a security group ends a verification says: ${verdict}`)
  const drawn = await drawnVerdict(stage, machines.web, machines.alice)
  if (!drawn.includes('no rule of a security group of web (web) lets them out'))
    problems.push(`of what a security group does not let out the path says: ${drawn}`)
  return [passed, held]
}

async function drawnVerdict({ api }: Stage, from: Machine, to: Machine): Promise<string> {
  const path = await api.paths.get({ from: from.portId, to: to.portId })
  if (!('verdict' in path)) return path.code
  return path.verdict ? explainVerdict(path.verdict.finding) : 'nothing'
}

export async function proveSpoofing({ options, design: { machines }, problems }: Stage): Promise<void> {
  options.onProgress('lying about addresses, and hiding behind tags')
  const [fromAlice, fromBob] = await Promise.all([
    lie(machines.alice, machines.bob, SECOND_ADDRESS, true),
    lie(machines.bob, machines.alice, OTHER_ADDRESS, false),
  ])
  for (const [name, lies] of Object.entries({ alice: fromAlice, bob: fromBob }))
    for (const [what, { sent, leftFilter, arrived }] of Object.entries(lies)) {
      if (sent === 0) problems.push(`${name} sent nothing with a false ${what}`)
      if (leftFilter + arrived > 0)
        problems.push(`${name} was heard with a false ${what}: ${leftFilter} packets behind the filter, ${arrived} at the other guest`)
    }
  const hidden = [await hideBehindTags(machines.alice, machines.bob), await hideBehindTags(machines.bob, machines.alice)]
  for (const [index, { sent, arrived }] of hidden.entries())
    if (sent !== 6 || arrived > 0) problems.push(`of ${sent} frames that ${['alice', 'bob'][index]} sent behind tags ${arrived} arrived`)
}

/** On each kind of host a connection that lasts and one that a rule comes and goes with. */
export async function proveRuleChange(stage: Stage): Promise<void> {
  const { api, design, problems } = stage
  const { groupIds, machines } = design
  const { alice, web, bob, stranger } = machines
  const open = (from: Machine, to: Machine, port: number) =>
    openConnection((argv) => startInGuest(from.guest, argv), to.guest, to.address, port)
  const kept = [await open(alice, web, KEPT_PORT), await open(alice, bob, KEPT_PORT)]
  for (const { guest } of [web, bob]) await listenOn(guest, [LATE_PORT + 1])
  const late = `tcp ${LATE_PORT + 1}` as const
  await prove(stage, 'before the rules', fails('alice', 'web', late), fails('stranger', 'bob', late))
  const rule = { direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: LATE_PORT, portRangeMax: LATE_PORT + 1 } as const
  await change(stage, 'adding a rule to each of two groups', async () => {
    await api.securityGroups.addRules({ id: groupIds.web, rules: [{ ...rule, remoteIpPrefix: `${alice.address}/32` }] })
    await api.securityGroups.addRules({ id: groupIds.inside, rules: [{ ...rule, remoteIpPrefix: `${stranger.address}/32` }] })
  })
  await prove(stage, 'with the rules', passes('alice', 'web', late), passes('stranger', 'bob', late), fails('stranger', 'web', late))
  const ending = [await open(alice, web, LATE_PORT), await open(stranger, bob, LATE_PORT)]
  const before = await whichCarry([...kept, ...ending])
  await change(stage, 'removing the rules', async () => {
    const { securityGroups } = (await api.topology.get()).topology
    for (const { id, rules } of securityGroups) {
      const ruleIds = rules.filter(({ portRangeMin }) => portRangeMin === LATE_PORT).map((each) => each.id)
      if (ruleIds.length > 0) await api.securityGroups.removeRules({ id, ruleIds })
    }
  })
  await prove(stage, 'without the rules', fails('alice', 'web', late), fails('stranger', 'bob', late))
  const after = await whichCarry([...kept, ...ending])
  if (!before.every(Boolean)) problems.push('an open connection carries nothing while a rule allows it')
  if (!after.slice(0, 2).every(Boolean)) problems.push('a connection that another rule allows did not go on')
  if (after.slice(2).some(Boolean)) problems.push('a connection that only a removed rule allowed goes on')
}

export async function proveMembers(stage: Stage): Promise<void> {
  const { api, design } = stage
  const { groupIds, machines } = design
  await change(stage, 'a new member of the remote group, and a second address', async () => {
    const securityGroupIds = [groupIds.own, groupIds.inside, groupIds.clients]
    await api.ports.update({ id: machines.bob.portId, patch: { securityGroupIds } })
    await api.ports.update({ id: machines.alice.portId, patch: { allowedAddressPairs: [{ ipAddress: SECOND_ADDRESS }] } })
  })
  await prove(
    stage,
    'with the new member',
    passes('bob', 'web', `tcp ${WEB_PORTS.from}`, 'icmp'),
    fails('bob', 'web', `tcp ${WEB_PORTS.to + 1}`, `udp ${ALICES_PORT}`),
  )
  const { alice, bob } = machines
  const output = await runInGuest(alice.guest, ['sh', '-c', FROM_SECOND, 'sh', SECOND_ADDRESS, bob.address])
  if (!output.includes(' 3 received')) stage.problems.push(`from its second address Alice does not reach Bob: ${output}`)
}

const FROM_SECOND = `ip address add "$1/32" dev eth0
/usr/local/bin/ping -q -c 3 -i 0.3 -W 10 -I "$1" "$2"
ip address del "$1/32" dev eth0`

export async function proveOpenAndClosed(stage: Stage): Promise<void> {
  const { api, design } = stage
  const { groupIds, machines } = design
  const { web, bob } = machines
  await change(stage, 'port security off, and a group without a rule', async () => {
    await api.ports.update({ id: web.portId, patch: { isPortSecurityEnabled: false } })
    await api.ports.update({ id: bob.portId, patch: { securityGroupIds: [groupIds.empty] } })
  })
  await askAnew(bob.guest, ['eth0'])
  await waitForAddresses(bob.guest, [bob.address], LEASE_TIMEOUT_MS)
  await prove(
    stage,
    'unfiltered and closed',
    anything('stranger', 'web'),
    nothing('bob', 'web'),
    nothing('bob', 'alice'),
    nothing('alice', 'bob'),
  )
}

/** Somebody lets everything pass before the filter is asked. */
export async function proveInFront(stage: Stage): Promise<void> {
  const { options, problems } = stage
  await must(options.lab, WITNESS, ['iptables', '-I', 'FORWARD', '-j', 'ACCEPT'])
  await prove(stage, 'behind a foreign rule', passes('stranger', 'alice', 'icmp'))
  const { plan } = await change(stage, 'putting the filter in front again', async () => {})
  const told = plan.hosts.flatMap(({ hostName, changes }) =>
    changes.map(({ label, fields }) => `${hostName} ${label} ${fields.map(explainField).join(', ')}`),
  )
  if (told.length !== 1 || !/^cmp1 .*FORWARD .*in front.*-j ACCEPT/.test(told[0]!))
    problems.push(`of a foreign rule in front the plan says: ${told.join('; ')}`)
  await prove(stage, 'in front again', nothing('stranger', 'alice'))
  if (!(await must(options.lab, WITNESS, ['iptables', '-S', 'FORWARD'])).includes('-A FORWARD -j ACCEPT'))
    problems.push('the foreign rule is gone')
  await must(options.lab, WITNESS, ['iptables', '-D', 'FORWARD', '-j', 'ACCEPT'])
}

/** The kernel asks iptables about no bridged frame: the path says so, and a plan sets it, once it is allowed to. */
export async function proveAsked(stage: Stage): Promise<void> {
  const { options, api, design, problems } = stage
  const { hostIds, machines } = design
  await must(options.lab, WITNESS, ['sysctl', '-qw', 'net.bridge.bridge-nf-call-iptables=0'])
  await api.hosts.observe({ id: hostIds[WITNESS]! })
  const drawn = await drawnVerdict(stage, machines.stranger, machines.alice)
  if (!drawn.includes('bridge-nf-call-iptables is 0')) problems.push(`where iptables is not asked the path says: ${drawn}`)
  await prove(stage, 'while iptables is not asked', passes('stranger', 'alice', 'icmp'))
  await change(stage, 'asking iptables again', () => api.hosts.update({ id: hostIds[WITNESS]!, patch: { hasBridgeNetfilter: true } }))
  await prove(stage, 'asked again', nothing('stranger', 'alice'))
}

async function must(lab: string, host: string, argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await labExec(lab, host, argv)
  if (code !== 0) throw new Error(`${host}: ${argv.join(' ')}: ${stderr}`)
  return stdout
}
