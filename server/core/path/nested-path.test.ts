import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { canonicalFlow } from '../parse/openflow/canonical-flow'
import { INNER_VLAN, innerHostIds, innerPorts, nestedTopology, uplinkIds } from '../testing/sample-nested'
import { ids } from '../testing/sample-topology'
import type { Topology } from '../topology/topology'
import { hostsToRead } from './carrier'
import { computePath, isPath } from './compute-path'
import { explainVerdict } from '../explain/verdict'
import { expectationsOf } from './expectations'
import { nameLoss } from './name-loss'
import { sidesOf } from './path-sides'
import { hopOnTheWayBack } from './travel'
import { explainedPath, type ExplainedPath } from '../testing/explained'

const topology = nestedTopology()
const facts = {
  hostname: '',
  kernel: '',
  ovsVersion: '3.1.0',
  ovsDatapathTypes: [],
  hasKernelDatapath: true,
  kvm: 'no-device' as const,
  libvirtVersion: null,
  tools: {},
  neutronAgents: [],
  sshLink: null,
}
type Change = (state: HostState) => HostState

function draw(
  all: Topology = topology,
  changes: Readonly<Record<string, Change>> = {},
  unparsed: Readonly<Record<string, HostObservation['unparsed']>> = {},
): ExplainedPath {
  const observe = (hostId: string): HostObservation => ({
    hostId,
    observedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    state: (changes[hostId] ?? ((state) => state))(compileHost(all, hostId)),
    facts,
    unparsed: unparsed[hostId] ?? [],
  })
  const path = computePath(
    { topology: all, observations: new Map(all.hosts.map(({ id }) => [id, observe(id)])) },
    innerPorts[0],
    innerPorts[1],
  )
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const stops = ({ forth: { hops } }: ExplainedPath) => hops.map(({ hostName, place: { device } }) => `${hostName ?? '-'} ${device}`)
const cmp1 = ids.host(2)

describe('the path between two VMs of an inner cloud', () => {
  const path = draw()

  it('leaves the inner host by the uplink of its VM, and comes in again by the other', () => {
    expect(stops(path).slice(6, 15)).toEqual([
      'in1 int-br-eth1',
      'in1 br-eth1',
      'in1 eth1',
      `cmp1 tap${uplinkIds[0].slice(0, 11)}`,
      'cmp1 br-data',
      'cmp1 qvb-data',
      'cmp1 qvo-data',
      'cmp1 br-ens38',
      'cmp1 ens38',
    ])
    expect(path.forth.hops.map(({ role }) => role).join(' ')).toBe(
      'vm tap qbr qvb qvo br-int patch provider-bridge nic tap data-bridge qvb qvo provider-bridge nic wire nic provider-bridge qvo qvb data-bridge tap nic provider-bridge patch br-int qvo qvb qbr tap vm',
    )
  })

  it('wears one tag from provider bridge to provider bridge, and no second one', () => {
    const worn = path.forth.hops.slice(7, 24).map(({ encapsulation }) => encapsulation)
    expect(worn).toEqual(Array(17).fill({ kind: 'dot1q', vlanId: INNER_VLAN }))
  })

  it('runs on the wire of the outer cloud', () =>
    expect(path.forth.hops.find(({ role }) => role === 'wire')).toMatchObject({ place: { device: 'physnet1' }, detail: 'VLAN 1200' }))

  it('agrees with all four hosts', () => {
    expect(path.forth.hops.filter(({ role }) => role !== 'nic').flatMap(({ finding }) => finding ?? [])).toEqual([])
    expect(path.verdict).toBeNull()
    expect(path.hosts.map(({ id }) => id).sort()).toEqual([...innerHostIds, cmp1, ids.host(3)].sort())
  })

  it('is caught with the inner id at tap, qvo-data and NIC', () => {
    const caught = path.forth.hops.filter((hop) => hop.place.hostId === cmp1 && hop.proof.method === 'capture')
    expect(caught.map(({ place: { device } }) => device)).toEqual([`tap${uplinkIds[0].slice(0, 11)}`, 'qvb-data', 'qvo-data', 'ens38'])
    for (const hop of caught)
      expect(expectationsOf(hop, hopOnTheWayBack(path, hop) ?? null)['echo-request'].encapsulation).toEqual({
        kind: 'dot1q',
        vlanId: INNER_VLAN,
      })
  })

  it('has hops that are told apart', () => expect(new Set(path.forth.hops.map(({ id }) => id)).size).toBe(path.forth.hops.length))

  it('says which hosts are inside which VMs', () => {
    expect(path.nested).toEqual([
      { hostId: innerHostIds[0], hostName: 'in1', vmId: ids.vm(2, 2), vmName: 'vlan-1', outerHostId: cmp1 },
      { hostId: innerHostIds[1], hostName: 'in2', vmId: ids.vm(2, 3), vmName: 'vlan-2', outerHostId: ids.host(3) },
    ])
    expect(hostsToRead(topology, innerPorts[0]).map(({ name }) => name)).toEqual(['in1', 'cmp1'])
    expect(hostsToRead(topology, ids.port(3, 2)).map(({ name }) => name)).toEqual(['cmp1'])
  })
})

// Both outer VMs on cmp1: the frame turns back at its provider bridge.
it('does not reach the wire between two VMs of one host', () => {
  const moved: Topology = {
    ...topology,
    vms: topology.vms.map((vm) => (vm.id === ids.vm(2, 3) ? { ...vm, hostId: cmp1 } : vm)),
    ports: topology.ports.map((port) => (port.id === ids.port(2, 3) ? { ...port, hostId: cmp1 } : port)),
    nestedUplinks: topology.nestedUplinks.map((uplink, index) => ({ ...uplink, number: index + 1 })),
  }
  const path = draw(moved)
  expect(
    path.forth.hops
      .map(({ role }) => role)
      .slice(8, 19)
      .join(' '),
  ).toBe('nic tap data-bridge qvb qvo provider-bridge qvo qvb data-bridge tap nic')
  expect(stops(path).slice(12, 15)).toEqual(['cmp1 qvo-data', 'cmp1 br-ens38', 'cmp1 qvo-data2'])
  expect(path.verdict).toBeNull()
})

const flow = (text: string) => {
  const parsed = canonicalFlow(text, 'br-int')
  if (!parsed.ok) throw new Error(text)
  return { ...parsed.value, owner: null }
}
const withLinks =
  (change: (link: HostState['links'][number]) => object | null): Change =>
  (state) => ({
    ...state,
    links: state.links.flatMap((link) => {
      const changes = change(link)
      return changes === null ? [] : [{ ...link, ...changes }]
    }),
  })

// docs/reference/faults.md, "Nested VLAN leak", and whatever else may break between the VM and the wire.
describe('a fault of the uplink is named at its hop', () => {
  it.each<[string, Change, string, RegExp]>([
    [
      'an outer network with the inner id',
      (state) => ({
        ...state,
        flows: [
          ...state.flows,
          flow(`cookie=0x0, table=0, priority=3,in_port=int-br-ens38,dl_vlan=${INNER_VLAN} actions=mod_vlan_vid:5,resubmit(,59)`),
        ],
      }),
      'br-ens38',
      /br-int of cmp1 takes VLAN 1200 of br-ens38 for a network of its own: frames of inner-blue are injected there/,
    ],
    [
      'a missing NIC',
      (state) => ({ ...state, domains: state.domains.map((domain) => ({ ...domain, interfaces: domain.interfaces.slice(0, 1) })) }),
      'tap',
      /has no NIC on tap.*not plugged in/,
    ],
    [
      'a tap outside br-data',
      withLinks((link) => (link.name === `tap${uplinkIds[0].slice(0, 11)}` ? { master: null } : {})),
      'tap',
      /belongs into br-data/,
    ],
    ['br-data down', withLinks((link) => (link.name === 'br-data' ? { isUp: false } : {})), 'br-data', /br-data is down on cmp1/],
    [
      'a tag on qvo-data',
      (state) => ({ ...state, ovsPorts: state.ovsPorts.map((port) => (port.name === 'qvo-data' ? { ...port, tag: 7 } : port)) }),
      'qvo-data',
      /VLANs of the inner cloud are cut off/,
    ],
    [
      'qvo-data on br-int',
      (state) => ({ ...state, ovsPorts: state.ovsPorts.map((port) => (port.name === 'qvo-data' ? { ...port, bridge: 'br-int' } : port)) }),
      'qvo-data',
      /is a port of br-int, not of br-ens38/,
    ],
  ])('%s', (_, change, device, sentence) => {
    const path = draw(topology, { [cmp1]: change })
    const hop = path.forth.hops.find(({ id }) => id === path.verdict?.hopId)!
    expect(hop.place.device.startsWith(device)).toBe(true)
    expect(hop.hostName).toBe('cmp1')
    expect(path.verdict!.sentence).toMatch(sentence)
  })

  it('flows of br-int that nobody read may be such a leak', () => {
    const reason = { code: 'exit-code', params: { who: 'bridge', exitCode: 1, said: 'br-int is silent' } } as const
    const path = draw(topology, {}, { [cmp1]: [{ section: 'flows br-int', text: '', reason }] })
    const bridge = path.forth.hops.find(({ place, hostName }) => hostName === 'cmp1' && place.device === 'br-ens38')!
    expect([bridge.host, bridge.doubts]).toMatchObject(['unchecked', [{ code: 'part-unknown' }]])
  })
})

describe('packets that end on the host of a host that is a VM', () => {
  const observations = new Map(
    topology.hosts.map(({ id }) => [
      id,
      { hostId: id, observedAt: '', durationMs: 1, state: compileHost(topology, id), facts, unparsed: [] },
    ]),
  )
  const path = computePath({ topology, observations }, innerPorts[0], innerPorts[1])
  if (!isPath(path)) throw new Error(path.code)
  const hopOf = (id: string) => path.forth.hops.find((hop) => hop.id === id)!
  const shortfall = {
    kind: 'echo-request',
    hop: hopOf('cmp1/nic/ens38#1'),
    lastGood: hopOf('cmp1/qvo/qvo-data#1'),
    seen: 0,
    wanted: 3,
    difference: null,
  } as const
  const dropped = (cookie: string) => {
    const parsed = canonicalFlow(`cookie=${cookie}, table=0, priority=90,in_port="qvo-data" actions=drop`, 'br-ens38')
    if (!parsed.ok) throw new Error('flow')
    const drops = [{ hostId: cmp1, packets: 3, flow: { ...parsed.value, owner: null } }]
    const sides = sidesOf({ topology, observations }, innerPorts[0], innerPorts[1])!
    return explainVerdict(nameLoss(shortfall, { path, sides, sightings: new Map(), drops, guests: new Map(), filters: [] }))
  }

  it('by a drop that somebody put in there: it is named', () => {
    expect(dropped('0x1')).toBe(
      'Echo requests leave qvo-data, none reach ens38 of cmp1: br-ens38 T0 drops: a flow that is not ours, "priority=90,in_port=qvo-data actions=drop", counted 3',
    )
  })

  it('a drop of the pipeline there is for others, and is not blamed', () => expect(dropped('0x7461123456789abc')).not.toContain('drops'))
})
