import { describe, expect, it } from 'vitest'
import type { Domain } from './domain'
import { emptyHostState, type HostState } from './host-state'
import { describeInside } from './inside'
import { insideDomains } from './inside-domains'
import type { Link } from './link'
import type { HostObservation } from './observation'
import type { OvsPort } from './ovs'

const port = { kind: 'port', id: '9f9c98cb-1300-4000-8000-000000000001' } as const
const network = { kind: 'network', id: 'aaaaaaaa-0000-4000-8000-000000000001' } as const
const host = { kind: 'host', id: 'bbbbbbbb-0000-4000-8000-000000000001' } as const
const dhcp = 'qdhcp-aaaaaaaa'

const link = (name: string, changes: Partial<Link> = {}): Link => ({ netns: '', name, type: 'veth', owner: null, ...changes })
const ovsPort = (
  bridge: string,
  name: string,
  type: string,
  changes: Partial<OvsPort> = {},
  options: Record<string, string> = {},
): OvsPort => ({
  bridge,
  name,
  owner: host,
  tag: null,
  vlanMode: null,
  trunks: [],
  otherConfig: {},
  externalIds: {},
  interface: { type, options, externalIds: {} },
  ...changes,
})
const bridge = (name: string, owner: HostState['ovsBridges'][number]['owner']): HostState['ovsBridges'][number] => ({
  name,
  owner,
  datapathType: 'netdev',
  failMode: 'secure',
  protocols: [],
  otherConfig: {},
  externalIds: {},
})
const flow = (cookie: string): HostState['flows'][number] => ({
  bridge: 'br-int',
  table: 0,
  priority: 0,
  match: '',
  actions: 'drop',
  cookie,
  owner: null,
})
const domain: Domain = {
  uuid: 'd',
  name: 'instance-1',
  title: 'web 1',
  owner: { kind: 'vm', id: 'v' },
  isRunning: true,
  memoryMib: 128,
  vcpus: 1,
  virtType: 'qemu',
  boot: null,
  hasGuestAgent: true,
  interfaces: [{ type: 'bridge', source: 'qbr9f9', target: 'tap9f9', macAddress: 'fa:16:3e:00:00:01', mtu: 1450, model: 'virtio' }],
}

const state: HostState = {
  ...emptyHostState,
  namespaces: [
    { name: dhcp, owner: network },
    { name: 'by-hand', owner: null },
  ],
  links: [
    link('ens37', { type: 'physical', isUp: true }),
    link('qbr9f9', { type: 'bridge', owner: port }),
    link('qvb9f9', { owner: port, master: 'qbr9f9', peer: { netns: '', name: 'qvo9f9' } }),
    link('tap9f9', {
      type: 'tap',
      master: 'qbr9f9',
      observed: { ifindex: 9, kind: 'tun', operState: 'up', alias: '', rxPackets: 4, txPackets: 5, rxDropped: 0, txDropped: 1 },
    }),
    link('qvo9f9', { owner: port, master: 'ovs-system', peer: { netns: '', name: 'qvb9f9' } }),
    link('tapdhcp', { netns: dhcp, type: 'ovs-internal' }),
    link('stray', { netns: 'by-hand' }),
  ],
  addresses: [{ netns: dhcp, link: 'tapdhcp', cidr: '10.0.1.2/24' }],
  ovsBridges: [bridge('br-int', host), bridge('br-hand', null)],
  ovsPorts: [
    ovsPort('br-int', 'qvo9f9', '', { owner: port, tag: 3 }),
    ovsPort('br-int', 'tapdhcp', 'internal', { owner: port, tag: 3 }),
    ovsPort('br-int', 'patch-tun', 'patch', {}, { peer: 'patch-int' }),
    ovsPort('br-tun', 'patch-int', 'patch', {}, { peer: 'patch-tun' }),
    ovsPort('br-tun', 'vxlan-c0a8960a', 'vxlan', {}, { remote_ip: '192.168.150.10', local_ip: '192.168.150.11' }),
  ],
  flows: [flow('0x7461bbbbbbbb0000'), flow('0x0')],
  dnsmasq: [{ networkId: network.id, netns: dhcp, directory: '/d', argv: [], files: {}, isRunning: true, leases: [] }],
  domains: [domain],
}

const observation = { hostId: 'h', observedAt: 'now', durationMs: 1, state, unparsed: [] } as unknown as HostObservation
const inside = describeInside({ id: 'h', name: 'cmp1' }, observation)
const [root, ...others] = inside.namespaces

it('of a host never read is empty', () => {
  expect(describeInside({ id: 'h', name: 'cmp1' }, null)).toEqual({
    hostId: 'h',
    hostName: 'cmp1',
    observedAt: null,
    namespaces: [],
    ovsBridges: [],
    domains: [],
    unparsed: [],
  })
})

describe('namespaces', () => {
  it('start with the root, whose bridges hold their ports', () => {
    expect(root!.bridges.map((each) => [each.bridge.name, each.ports.map((each) => each.name)])).toEqual([['qbr9f9', ['qvb9f9', 'tap9f9']]])
    expect(root!.links.map((each) => each.name)).toEqual(['ens37', 'qvo9f9'])
  })
  it('tell ours from foreign', () => {
    expect(others.map((each) => [each.name, each.isOurs])).toEqual([
      ['by-hand', false],
      [dhcp, true],
    ])
    expect(others[1]!.dnsmasq).toEqual({ networkId: network.id, isRunning: true, leaseCount: 0 })
  })
  it('every device appears once', () => {
    const shown = inside.namespaces.flatMap((each) => [
      ...each.links,
      ...each.bridges.flatMap((nested) => [nested.bridge, ...nested.ports]),
    ])
    expect(shown.map((each) => each.id).sort()).toEqual(state.links.map((each) => `${each.netns}/${each.name}`).sort())
  })
})

describe('devices', () => {
  const [qbr] = root!.bridges
  it('know their other end, OVS port, VM and counters', () => {
    expect(qbr!.ports[0]).toMatchObject({ name: 'qvb9f9', peer: '/qvo9f9', isOurs: true, ovsPort: null })
    expect(qbr!.ports[1]).toMatchObject({
      name: 'tap9f9',
      domain: 'd',
      counters: { rxPackets: 4, txPackets: 5, rxDropped: 0, txDropped: 1 },
    })
    expect(root!.links[1]).toMatchObject({ name: 'qvo9f9', master: null, ovsPort: { bridge: 'br-int', name: 'qvo9f9', tag: 3 } })
  })
  it('that Open vSwitch made are ours by their port, also in a namespace', () => {
    expect(others[1]!.links).toMatchObject([
      { name: 'tapdhcp', isOurs: true, addresses: ['10.0.1.2/24'], ovsPort: { bridge: 'br-int', name: 'tapdhcp', tag: 3 } },
    ])
  })
})

describe('OVS bridges', () => {
  const [brInt, brHand] = inside.ovsBridges
  it('hold their ports, with devices and patch peers', () => {
    expect(brInt!.ports.map(({ name, type, link, peer }) => ({ name, type, link, peer }))).toEqual([
      { name: 'qvo9f9', type: 'system', link: '/qvo9f9', peer: null },
      { name: 'tapdhcp', type: 'internal', link: `${dhcp}/tapdhcp`, peer: null },
      { name: 'patch-tun', type: 'patch', link: null, peer: 'br-tun/patch-int' },
    ])
  })
  it('say what a patch port looks for, and the VLAN mode that tag and trunks do not tell', () => {
    const ports = [
      ovsPort('br-hand', 'tunnel', '', { tag: 100, vlanMode: 'dot1q-tunnel' }),
      ovsPort('br-hand', 'lost', 'patch', {}, { peer: 'phy-br-ex' }),
    ]
    const shown = describeInside({ id: 'h', name: 'cmp1' }, { ...observation, state: { ...state, ovsPorts: ports } }).ovsBridges.flatMap(
      (each) => each.ports,
    )
    expect(shown.map(({ name, tag, vlanMode, peer, peerName }) => ({ name, tag, vlanMode, peer, peerName }))).toEqual([
      { name: 'tunnel', tag: 100, vlanMode: 'dot1q-tunnel', peer: null, peerName: null },
      { name: 'lost', tag: null, vlanMode: null, peer: null, peerName: 'phy-br-ex' },
    ])
  })
  it('count flows, and how many are ours', () => expect(brInt).toMatchObject({ flowCount: 2, ourFlowCount: 1, isOurs: true }))
  it('may be foreign', () => expect(brHand).toMatchObject({ name: 'br-hand', isOurs: false, ports: [] }))
})

it('VMs point at their taps', () => {
  expect(inside.domains).toMatchObject([{ title: 'web 1', isOurs: true, interfaces: [{ target: 'tap9f9', link: '/tap9f9' }] }])
})

it('a NIC that somebody else plugged into a VM of ours is not ours', () => {
  const [nic] = domain.interfaces
  const ours = { ...nic!, source: 'qbr9f9c98cb-13', target: 'tap9f9c98cb-13' }
  const [vm, theirs] = insideDomains(
    {
      ...state,
      domains: [
        { ...domain, interfaces: [ours, { ...nic!, type: 'network', source: 'default', target: 'vnet7' }] },
        { ...domain, owner: null, interfaces: [ours] },
      ],
    },
    { all: [], findId: () => null },
  )
  expect([vm!, theirs!].map(({ interfaces }) => interfaces.map(({ isOurs }) => isOurs))).toEqual([[true, false], [false]])
})
