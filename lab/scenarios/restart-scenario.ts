// Hosts restart while nobody is there: a power cut of a compute host, then of the network host, then a crash of Open vSwitch
// alone. Each time the host's restore unit brings everything back, nested uplinks included, proven by pings between the guests
// before the console has looked at anything; afterwards the console finds nothing to do, proves every hop, and takes all of it away.

import { explainField } from '@/server/core/explain/object-change'
import { parsePingSummary } from '@/server/core/path/parse-ping'
import type { Verification } from '@/server/core/path/verification'
import { labExec, labHostRestart, labStatus, labUp } from '../lab'
import { planAndApply, verify } from './conduct'
import type { Api } from './console-under-test'
import type { LivePing } from './live-change'
import { openVswitchThings } from './foreign'
import { finish, makeByHand, onGround, snapshotAll, type Ground, type ScenarioOptions } from './ground'
import { askAnew, outputOf, runInGuest, speakTagged, startInGuest, waitForAddresses, type LabGuest } from './guest'
import { findVerificationProblems } from './problems'
import { FAR_OUTSIDE } from './router-proofs'
import { reportOf, type RestartReport, type ScenarioReport } from './report'
import { drawRestartDesign, drawUplinks, eraseRestartDesign, INNER_VLAN, RESTARTED, WITNESS, type RestartDesign } from './restart-design'

const BOOT_TIMEOUT_MS = 600_000
const PINGS = 5
/** At 10 ms: longer than the unit takes. */
const LIVE_PINGS = 400

export const runRestartScenario = (options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: WITNESS.host, things: openVswitchThings }, runSteps)

/** What a plan would change, in words. */
async function listPlanned(api: Api): Promise<string[]> {
  const plan = await api.plans.create()
  return plan.hosts.flatMap((host) =>
    host.changes.map((change) => `${host.hostName} ${change.action} ${change.label} (${change.fields.map(explainField).join(', ')})`),
  )
}

interface Guests {
  readonly restarted: LabGuest
  readonly witness: LabGuest
  /** Of both VMs, in the order of their NICs. */
  readonly addresses: Readonly<Record<Which, readonly string[]>>
  /** Of the restarted one: by it the outside client comes. */
  readonly floatingIp: string
  /** MAC addresses of their nested uplinks. */
  readonly uplinks: Readonly<Record<Which, string>>
}

type Which = 'restarted' | 'witness'
/** Over the uplinks, in a VLAN of which the console knows nothing. */
const TAGGED: Readonly<Record<Which, string>> = { restarted: '10.99.0.1', witness: '10.99.0.2' }

async function runSteps(ground: Ground): Promise<ScenarioReport> {
  const { options, api, lab } = ground
  const bare = await snapshotAll(ground, lab.hosts)
  options.onProgress('drawing, planning and applying')
  const design = await drawRestartDesign(api, lab)
  const applied = await planAndApply(api)
  // Plugged into running VMs, so that what a boot brings back was written by `--config`.
  await drawUplinks(api, design)
  const plugged = await planAndApply(api)
  const stillWanted = await listPlanned(api)
  const guests = await findGuests(options.lab, api, design)
  await pingAll(guests)

  const restarts = [
    await cutPower(options, guests, RESTARTED.host),
    await cutPower(options, guests, 'net1'),
    await killSwitch(options, guests, WITNESS.host),
  ]
  // Last, since things made by hand go with the power, and flows with the switch: a host that lacks nothing.
  const foreign = await makeByHand(ground)
  const livePing = await runOnceMore(options, guests)
  options.onProgress('asking the console what is to be done, and verifying both networks')
  const notRestored = await listPlanned(api)
  const verifications = await verifyBoth(api, design)
  const ending = await finish(ground, { hosts: lab.hosts, bare, foreign }, () =>
    eraseRestartDesign(api, design).then(() => planAndApply(api)),
  )
  return reportOf(ground, {
    scenario: 'host-restart',
    applied: [applied, plugged],
    verifications,
    reapplyEmpty: stillWanted.length + notRestored.length === 0,
    ...ending,
    restarts,
    livePings: [livePing],
    problems: [
      ...restarts.flatMap(findRestartProblems),
      ...(livePing.received === livePing.transmitted
        ? []
        : [`${livePing.transmitted - livePing.received} pings were lost while the unit ran on a host that lacks nothing`]),
      ...verifications.flatMap(findVerificationProblems),
      ...stillWanted.map((change) => `planned again after the apply: ${change}`),
      ...notRestored.map((change) => `not restored: ${change}`),
    ],
  })
}

async function findGuests(lab: string, api: Api, { vmIds, floatingIpId }: RestartDesign): Promise<Guests> {
  const { topology } = await api.topology.get()
  const addressesOf = (vmId: string) => {
    const { portIds } = topology.vms.find((vm) => vm.id === vmId)!
    return portIds.map((portId) => topology.ports.find((port) => port.id === portId)!.fixedIps[0]!.ipAddress)
  }
  const uplinkOf = (vmId: string) => topology.nestedUplinks.find((uplink) => uplink.vmId === vmId)!.macAddress
  const [restarted, witness] = vmIds
  const { portId } = topology.floatingIps.find(({ id }) => id === floatingIpId)!
  return {
    floatingIp: topology.ports.find(({ id }) => id === portId)!.fixedIps[0]!.ipAddress,
    restarted: { lab, host: RESTARTED.host, vmId: restarted },
    witness: { lab, host: WITNESS.host, vmId: witness },
    addresses: { restarted: addressesOf(restarted), witness: addressesOf(witness) },
    uplinks: { restarted: uplinkOf(restarted), witness: uplinkOf(witness) },
  }
}

/** Between the guests, over both networks and, tagged by the guests, over their uplinks, from outside and to the outside; asked past the console. */
async function pingAll(guests: Guests): Promise<RestartReport['pings']> {
  for (const which of ['witness', 'restarted'] as const) {
    await waitForAddresses(guests[which], guests.addresses[which], BOOT_TIMEOUT_MS)
    await speakTagged(guests[which], guests.uplinks[which], INNER_VLAN, `${TAGGED[which]}/24`)
  }
  const ping = async (guest: LabGuest, to: string) => {
    const output = await runInGuest(guest, ['/usr/local/bin/ping', '-q', '-c', String(PINGS), '-i', '0.2', to])
    return { to, received: receivedOf(output) }
  }
  const pings: { to: string; received: number }[] = []
  for (const to of [...guests.addresses.witness, TAGGED.witness]) pings.push(await ping(guests.restarted, to))
  // It has no floating IP.
  pings.push(await ping(guests.witness, FAR_OUTSIDE))
  const { stdout } = await labExec(guests.restarted.lab, 'outside', ['ping', '-q', '-c', String(PINGS), '-i', '0.2', guests.floatingIp])
  return [...pings, { to: guests.floatingIp, received: receivedOf(stdout) }]
}

const receivedOf = (output: string): number => Number(/(\d+) received/.exec(output)?.[1] ?? 0)

/** The lab's boot runs the host's enabled units as systemd would; nothing else is done to bring anything back. */
async function cutPower(options: ScenarioOptions, guests: Guests, host: string): Promise<RestartReport> {
  options.onProgress(`cutting the power of ${host}`)
  const start = performance.now()
  await labHostRestart(options.lab, host)
  const bootMs = performance.now() - start
  // One that booted asked anew by itself.
  if (host !== RESTARTED.host) await askAnew(guests.restarted, ['eth0', 'eth1'])
  const pings = await pingAll(guests).catch((error: unknown) => throwWithHosts(options.lab, `after the power cut of ${host}`, error))
  return { host, event: 'power cut', bootMs, recoveredMs: performance.now() - start, result: await readResult(options.lab, host), pings }
}

async function killSwitch(options: ScenarioOptions, guests: Guests, host: string): Promise<RestartReport> {
  options.onProgress(`killing Open vSwitch of ${host}`)
  const start = performance.now()
  await labExec(options.lab, host, ['sh', '-c', 'kill -9 $(cat /run/openvswitch/ovs-vswitchd.pid)'])
  await labUp({ name: options.lab })
  const bootMs = performance.now() - start
  const pings = await pingAll(guests).catch((error: unknown) => throwWithHosts(options.lab, `after the crash on ${host}`, error))
  return {
    host,
    event: 'crash of Open vSwitch',
    bootMs,
    recoveredMs: performance.now() - start,
    result: await readResult(options.lab, host),
    pings,
  }
}

/** On a host that lacks nothing it does nothing that a packet or a thing made by hand would notice. */
async function runOnceMore(options: ScenarioOptions, { restarted, addresses }: Guests): Promise<LivePing> {
  options.onProgress(`running the restore unit of ${WITNESS.host} once more, by hand`)
  const pid = await startInGuest(restarted, ['ping', '-q', '-i', '0.01', '-c', String(LIVE_PINGS), '-W', '2', addresses.witness[0]!])
  const { code, stderr } = await labExec(options.lab, WITNESS.host, ['sh', '/var/lib/tapline/restore/current/restore.sh'])
  if (code !== 0) throw new Error(`the restore unit failed on a host that lacks nothing: ${stderr}`)
  const statistics = parsePingSummary(await outputOf(restarted, pid, 60_000))
  if (!statistics) throw new Error('the ping in the guest told nothing')
  return {
    during: 'running the unit by hand',
    over: 'eth0',
    intervalMs: 10,
    transmitted: statistics.transmitted,
    received: statistics.received,
  }
}

/** What one would look at by hand, for a guest that stays without an address: nothing of it is left once the test has ended. */
const HOST_EVIDENCE = `cat /run/tapline/restore-result; grep -v 'nothing to do' /var/log/tapline-restore.service.log | tail -n 30
ps -e -o args | grep '^[^ ]*dnsmasq'; ovs-vsctl show; ip -o -d link; ip netns
for bridge in $(ovs-vsctl list-br); do ovs-ofctl -O OpenFlow13 dump-ports "$bridge"; ovs-ofctl -O OpenFlow13 dump-flows "$bridge"; ovs-appctl fdb/show "$bridge"; done
tail -n 40 /var/log/openvswitch/ovs-vswitchd.log`

async function throwWithHosts(lab: string, when: string, cause: unknown): Promise<never> {
  const { hosts } = await labStatus(lab)
  const told = await Promise.all(
    hosts.map(async ({ name }) => `=== ${name}\n${(await labExec(lab, name, ['sh', '-c', `(${HOST_EVIDENCE}) 2>&1`])).stdout}`),
  )
  throw new Error(`${when}: ${String(cause)}\n${told.join('\n')}`, { cause })
}

async function readResult(lab: string, host: string): Promise<string> {
  const { stdout } = await labExec(lab, host, [
    'sh',
    '-c',
    'cat /run/tapline/restore-result || tail -n 20 /var/log/tapline-restore.service.log',
  ])
  return stdout.trim()
}

async function verifyBoth(api: Api, { vmIds }: RestartDesign): Promise<Verification[]> {
  const { topology } = await api.topology.get()
  const [sources, destinations] = vmIds.map((id) => topology.vms.find((vm) => vm.id === id)!.portIds)
  const verifications: Verification[] = []
  for (const [index, source] of sources!.entries()) verifications.push(await verify(api, source, destinations![index]!))
  return verifications
}

const findRestartProblems = ({ host, event, result, pings }: RestartReport): string[] => [
  ...(result.startsWith('0 ') ? [] : [`${host}, ${event}: the restore unit says ${result || 'nothing'}`]),
  ...pings
    .filter(({ received }) => received !== PINGS)
    .map(({ to, received }) => `${host}, ${event}: ${received} of ${PINGS} pings to ${to} came back`),
]
