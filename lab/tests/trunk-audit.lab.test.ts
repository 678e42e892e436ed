// A trunk on real hosts, broken by hand one way after the other: the audit names the hop, the state is Neutron's
// (docs/reference/trunks.md), a plan mends what is the host's. Then VM and trunk go in one plan, and nothing stays.

import { expect, it } from 'vitest'
import { explainTrunkState } from '@/server/core/explain/trunk'
import { explainAuditRow } from '@/server/core/explain/trunk-audit'
import type { TrunkAudit } from '@/server/core/trunk/audit'
import { INTEGRATION_BRIDGE, qvoName, spiName, sptName, tpiName, trunkBridgeName } from '@/server/core/naming'
import { callFailing } from '@/server/api/testing/call-failing'
import { labGuest } from '../lab'
import { planAndApply } from '../scenarios/conduct'
import { waitForAddresses } from '../scenarios/guest'
import { openVswitchTrunk } from '../scenarios/trunk-setup'
import { drawTrunkDesign, eraseTrunkDesign, type TrunkDesign } from '../scenarios/trunk-design'
import { on, useBench } from './bench'
import { testLab } from './settings'

const bench = useBench()
const PARENT_HOST = openVswitchTrunk.parentHost
const ovs = (...argv: string[]) => on(PARENT_HOST, 'ovs-vsctl', ...argv)
const guest = async (...argv: string[]): Promise<void> => {
  const { code, stderr } = await labGuest(testLab, 'trunk-vm', argv)
  if (code !== 0) throw new Error(`${argv.join(' ')} in the guest: ${stderr}`)
}

/** What was known last: host, guest and packets. */
async function listen({ trunkId }: TrunkDesign, isGuestAsked = true): Promise<TrunkAudit> {
  let last: TrunkAudit | null = null
  for await (const audit of await bench.api.trunks.listen({ id: trunkId, listenS: 4, isGuestAsked })) last = audit
  return last!
}

const statusOf = async ({ trunkId }: TrunkDesign) => {
  const { status, reason } = await bench.api.trunks.get({ id: trunkId })
  return `${status} ${explainTrunkState({ reason }) ?? ''}`
}

/** Hops that are wrong, per truth, of one port. */
const broken = ({ rows }: TrunkAudit, portId: string): string[] =>
  rows
    .find((row) => row.portId === portId)!
    .hops.flatMap(({ kind, host, traffic }) => [
      ...(host === 'differs' ? [`${kind} host`] : []),
      ...(traffic === 'differs' ? [`${kind} packets`] : []),
    ])
const verdict = ({ rows }: TrunkAudit, portId: string): string => explainAuditRow(rows.find((row) => row.portId === portId)!)

it('names the hop of every fault, and the trunk has the state that its host has', async () => {
  const { api } = bench
  const design = await drawTrunkDesign(api, bench.lab, openVswitchTrunk)
  const { red, blue } = design.subPortIds
  const { topology } = await api.topology.get()
  const mac = (portId: string) => topology.ports.find((port) => port.id === portId)!.macAddress
  const bridge = trunkBridgeName(design.trunkId)

  expect(await statusOf(design)).toMatch(/^DOWN .* is not built yet|^DOWN .* has not been read/)
  const plan = await api.plans.create()
  const { runId } = await api.runs.start({ planId: plan.id })
  const seen: string[] = []
  for await (const _ of await api.runs.watch({ runId })) if (seen.length === 0) seen.push(await statusOf(design))
  expect(seen).toEqual([expect.stringMatching(/^BUILD /)])
  expect(await statusOf(design)).toBe('ACTIVE ')
  const parentAddress = (await api.topology.get()).topology.ports.find((port) => port.id === design.parentPortId)!.fixedIps[0]!.ipAddress
  await waitForAddresses({ lab: testLab, host: PARENT_HOST, vmId: design.vmId }, [parentAddress], 240_000)
  expect((await api.trunks.configureGuest({ id: design.trunkId })).map(({ isOk }) => isOk)).toEqual([true, true])
  const again = await api.trunks.configureGuest({ id: design.trunkId, dhcpClient: 'none' })
  expect(again.map(({ commands }) => commands.map(({ status }) => status))).toEqual([
    ['there', 'done'],
    ['there', 'done'],
  ])

  // Its VM has booted: Open vSwitch cannot turn the port into a parent any more.
  const bound = topology.vms.find(({ id }) => id === design.peerId)!.portIds[0]!
  expect(await callFailing(api.trunks.create({ projectId: design.projectId, portId: bound }))).toMatchObject({
    code: 'conflict',
    rule: 'trunk-parent-bound',
  })

  const sound = await listen(design)
  expect(sound.rows.map((row) => [row.label, row.state, explainAuditRow(row)])).toEqual(
    sound.rows.map((row) => [row.label, 'agrees', expect.stringMatching(/the design, the host and the packets say the same/)]),
  )
  expect([sound.oddities, sound.guestProblem, sound.captureProblem]).toEqual([[], null, null])

  // On the host. Every fault is mended by a plan.
  const localVlan = (networkId: string) =>
    topologyNow.localVlans.find((vlan) => vlan.hostId === design.hostIds[PARENT_HOST] && vlan.networkId === networkId)!.vlan
  const { topology: topologyNow } = await api.topology.get()
  const faults: {
    readonly break: readonly string[]
    readonly hops: readonly string[]
    readonly verdict: RegExp
    readonly status: RegExp
  }[] = [
    {
      break: ['set', 'Port', sptName(red), 'tag=99'],
      hops: ['outer host', 'inner packets', 'network host'],
      verdict: new RegExp(`^${sptName(red)} .* has tag 99, the guest uses VLAN 301\\. Frames with VLAN 301 reach no network`),
      status: /^DEGRADED .*has tag 99/,
    },
    {
      break: ['set', 'Port', spiName(red), `tag=${localVlan(design.networkIds.blue)}`],
      hops: ['inner host', 'inner packets', 'network host', 'network packets'],
      verdict: new RegExp(`^${spiName(red)} .* Frames with VLAN 301 reach blue; they belong to red\\.$`),
      status: /^DEGRADED .*has local VLAN/,
    },
    {
      break: ['del-port', INTEGRATION_BRIDGE, spiName(red)],
      hops: ['inner host', 'inner packets', 'network host'],
      verdict: new RegExp(`^${spiName(red)} .* is missing on br-int`),
      status: /^DEGRADED .* is missing on br-int/,
    },
  ]
  for (const fault of faults) {
    await ovs(...fault.break)
    const audit = await listen(design)
    expect([fault.break.join(' '), broken(audit, red), broken(audit, blue)]).toEqual([fault.break.join(' '), fault.hops, []])
    expect(verdict(audit, red)).toMatch(fault.verdict)
    expect(await statusOf(design)).toMatch(fault.status)
    await bench.converge()
    expect(await statusOf(design)).toBe('ACTIVE ')
  }
  await ovs('del-port', INTEGRATION_BRIDGE, tpiName(design.parentPortId))
  await api.hosts.observe({ id: design.hostIds[PARENT_HOST]! })
  expect(await statusOf(design)).toMatch(/^ERROR .* is missing on br-int/)
  await bench.converge()

  // In the guest: the host is sound, so the state stays ACTIVE. The packets alone tell, and so does the guest when it is asked.
  await guest(
    'sh',
    '-c',
    `ip link del eth0.301 && ip link add link eth0 name eth0.99 address ${mac(red)} type vlan id 99 && ip link set eth0.99 up && ip link set eth0.302 address fa:16:3e:ff:ff:ff`,
  )
  const inGuest = await listen(design)
  expect([broken(inGuest, red), broken(inGuest, blue), broken(inGuest, design.parentPortId)]).toEqual([
    ['guest host', 'guest packets'],
    ['guest host', 'guest packets'],
    [],
  ])
  expect(verdict(inGuest, red)).toMatch(
    /^eth0\.99 in the guest has this port's MAC on VLAN 99, the trunk has the port on VLAN 301\. Frames with VLAN 99 reach no network/,
  )
  expect(verdict(inGuest, blue)).toMatch(/^eth0\.302 in the guest \(VLAN 302\) has MAC fa:16:3e:ff:ff:ff/)
  const peerBlue = topology.ports.find(({ networkId, deviceId }) => networkId === design.networkIds.blue && deviceId === design.peerId)!
    .fixedIps[0]!.ipAddress
  await guest('sh', '-c', `for way in "eth0.99 fe80::1" "eth0.302 ${peerBlue}"; do ping -c 20 -W 1 -I $way >/dev/null 2>&1 & done`)
  const fromPackets = await listen(design, false)
  expect([verdict(fromPackets, red), verdict(fromPackets, blue)]).toEqual([
    expect.stringMatching(/^The guest sends with this port's MAC on VLAN 99/),
    expect.stringMatching(/^The guest sends on VLAN 302 with MAC fa:16:3e:ff:ff:ff/),
  ])
  expect(await statusOf(design)).toBe('ACTIVE ')

  // Strangers, and what Neutron's agents leave behind.
  await ovs('add-port', bridge, 'stranger0', '--', 'set', 'Interface', 'stranger0', 'type=internal')
  await ovs(
    'add-port',
    INTEGRATION_BRIDGE,
    'spi-0ff5e700-00',
    'tag=4095',
    '--',
    'set',
    'Interface',
    'spi-0ff5e700-00',
    'type=patch',
    'options:peer=spt-0ff5e700-00',
  )
  await api.hosts.observe({ id: design.hostIds[PARENT_HOST]! })
  const odd = (await api.trunks.audit({ id: design.trunkId })).oddities
  expect(odd.map(({ device, isOurs }) => [device, isOurs])).toEqual([
    ['stranger0', false],
    ['spi-0ff5e700-00', false],
  ])
  await ovs('del-port', bridge, 'stranger0')
  await ovs('del-port', INTEGRATION_BRIDGE, 'spi-0ff5e700-00')

  // A subport in another network is one edit and one plan; VM and trunk in one plan leave nothing of either.
  await api.trunks.moveSubport({ id: design.trunkId, portId: blue, to: { portId: design.subPortIds.late } })
  await bench.converge()
  expect((await listen(design, false)).rows.map(({ guestVlan, networkName }) => [guestVlan, networkName])).toEqual([
    [0, 'parent'],
    [301, 'red'],
    [302, 'late'],
  ])
  await api.trunks.remove({ id: design.trunkId })
  await api.vms.remove({ id: design.vmId })
  await planAndApply(api)
  const left = (await ovs('--bare', '--columns=name', 'list', 'Interface'))
    .split('\n')
    .filter((name) => /^(tbr|[ts]p[ti])-/.test(name) || name === qvoName(design.parentPortId))
  expect(left).toEqual([])
  await eraseTrunkDesign(api, design)
  await planAndApply(api)
  expect(await bench.leftovers()).toEqual([])
})
