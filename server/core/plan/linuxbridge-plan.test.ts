import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { compileHost } from '../compile/compile'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import { renderSteps } from '../render/render-steps'
import { ids, sampleTopology } from '../testing/sample-topology'
import { blueId, redId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import { bindSubPorts } from '../topology/kinds/trunk/bind-sub-ports'
import type { Topology } from '../topology/topology'
import { findImpacts } from './impacts'
import { listChanges, planHost } from './plan-host'
import { wayBack } from './testing/way-back'

const linuxBridge = [1, 2] as const
const topology = trunkTopology({ linuxBridge })
const host = topology.hosts[1]!
const desired = compileHost(topology, host.id)
const nic = (name: string, changes: Partial<Link> = {}): Link => ({
  netns: '',
  name,
  type: 'physical',
  owner: null,
  isUp: true,
  master: null,
  ...changes,
})
const bareNics = [nic('ens37'), nic('ens38')]

const observe = (state: Partial<HostState>, unparsed: HostObservation['unparsed'] = []): HostObservation => ({
  hostId: host.id,
  observedAt: '',
  durationMs: 1,
  state: { ...emptyHostState, links: bareNics, ...state },
  facts: {
    hostname: 'cmp1',
    kernel: '',
    ovsVersion: null,
    ovsDatapathTypes: [],
    hasKernelDatapath: false,
    libvirtVersion: '9',
    kvm: 'no-device',
    tools: {},
    neutronAgents: [],
    sshLink: null,
  },
  unparsed,
})
const applied = observe(desired)
const without = (names: readonly string[], state: HostState = desired): HostState => ({
  ...state,
  links: state.links.filter(({ name }) => !names.includes(name)),
  sysctls: state.sysctls.filter(({ key }) => !names.some((name) => key.includes(name))),
})
const steps = (to: HostState, from: HostState) => renderSteps(diffHost(to, from), 'cmp1')
const lines = (to: HostState, from: HostState) =>
  steps(to, from).flatMap(({ command }) => (command.stdin ?? '').split('\n').filter((line) => line !== ''))
const parentTap = 'tapff000022-00'
const subPortTaps = ['tapff000038-00', 'tapff000018-00']

describe('a Linux bridge host from nothing', () => {
  const plan = planHost(host, desired, observe({}))

  it('is blocked by nothing, and planned once', () => {
    expect(plan.blocked).toEqual([])
    expect(isEmptyDiff(diffHost(desired, desired))).toBe(true)
  })

  it.each([
    'link add name brqdd000003-00 type bridge forward_delay 0 stp_state 0 mcast_snooping 0 ageing_time 30000',
    'link add link ens38 name ens38.120 type vlan id 120',
    'link add name vxlan-1507 type vxlan id 1507 local 192.168.150.12 dev ens37 dstport 4789',
    'link set dev ens38 master brqdd000001-00',
    `link set dev brqdd000001-00 alias tapline:network/${ids.network(1)},nic=ens38 mtu 1500 up`,
    'fdb append 00:00:00:00:00:00 dev vxlan-1507 dst 192.168.150.13 self permanent',
    'fdb replace fa:16:3e:00:03:03 dev vxlan-1507 dst 192.168.150.13 self permanent',
    'address replace 192.168.150.12/24 dev ens37 label ens37:tl',
    ':tapline-i-tapff000022-00 ACCEPT',
    `link add link ${parentTap} name tapff000038-00 type vlan id 301`,
  ])('runs: %s', (line) => expect(lines(desired, observe({}).state)).toContain(line))

  it('[PLAN-20] makes VLAN interfaces on taps after the VM that brings the tap, and their settings after them', () => {
    const titles = plan.steps.map(({ title }) => title)
    const start = titles.findLastIndex((title) => title.startsWith('Start VM'))
    expect(titles.slice(start + 1)).toEqual(['VLAN interfaces on taps: 2 subports', 'Set 2 sysctls'])
  })
})

describe('after the VM was restarted by hand', () => {
  it('the VLAN interfaces that went with its tap are made again, and nothing else', () => {
    expect(listChanges(diffHost(desired, without(subPortTaps))).map(({ action, label }) => `${action} ${label}`)).toEqual([
      'create vlan tapff000038-00',
      'create vlan tapff000018-00',
      'create sysctl net/ipv6/conf/tapff000038-00/disable_ipv6=1',
      'create sysctl net/ipv6/conf/tapff000018-00/disable_ipv6=1',
    ])
  })
})

it('[DIFF-8] a VM that is rebuilt gets its VLAN interfaces back, in the same plan', () => {
  const smaller = { ...desired, domains: desired.domains.map((domain) => ({ ...domain, memoryMib: 64 })) }
  const programs = steps(desired, smaller).map(({ title }) => title.replace(/ VM .*/, ''))
  expect(programs.filter((title) => title !== 'Undefine' && title !== 'Define')).toEqual([
    ...Array<string>(3).fill('Stop'),
    ...Array<string>(3).fill('Start'),
    'VLAN interfaces on taps: 2 subports',
    'Set 2 sysctls',
  ])
})

describe('a subport that comes or goes under a running VM', () => {
  const withSubPorts = (count: number): Topology =>
    bindSubPorts({ ...topology, trunks: [{ ...sampleTrunk, subPorts: sampleTrunk.subPorts.slice(0, count) }] })
  const change = (from: number, to: number) => diffHost(compileHost(withSubPorts(to), host.id), compileHost(withSubPorts(from), host.id))
  const planned = (from: number, to: number) => ({
    hostId: host.id,
    hostName: 'cmp1',
    observedAt: '',
    changes: listChanges(change(from, to)),
    steps: [],
    undo: [],
    blocked: [],
    kept: [],
  })

  it('touches the VM and the other subport in no way', () => {
    const touched = (from: number, to: number) => change(from, to).links
    expect([touched(1, 2).changed, touched(1, 2).removed, touched(2, 1).changed, touched(2, 1).added]).toEqual([[], [], [], []])
    expect(change(1, 2).domains).toEqual({ added: [], changed: [], removed: [] })
  })
  it('is compared without regard to the order of our jumps, whichever came first, and of what stands behind them', () => {
    const turned = {
      ...desired,
      iptables: desired.iptables.map((chain) =>
        chain.chain === 'PREROUTING' ? { ...chain, rules: [...[...chain.rules].reverse(), '-i eth9 -j byhand'] } : chain,
      ),
    }
    expect(isEmptyDiff(diffHost(desired, turned))).toBe(true)
  })
  it.each([
    ['comes', 1, 2, 'new'],
    ['goes', 2, 1, 'removed'],
  ] as const)('the blast radius says that it %s', (_, from, to, kind) => {
    expect(findImpacts([planned(from, to)], withSubPorts(to), withSubPorts(from)).map((impact) => [impact.portId, impact.kind])).toEqual([
      [blueId, kind],
    ])
  })
})

describe('everything goes again', () => {
  it('[PLAN-4] in an order that works: VLAN interfaces before their VM, jumps before their chains', () => {
    const { steps: gone, kept, blocked } = planHost(host, emptyHostState, applied)
    expect([kept, blocked]).toEqual([[], []])
    expect(gone[0]?.title).toBe('Remove 2 VLAN interfaces from taps')
    const all = lines(emptyHostState, desired)
    expect(all.indexOf('-D PREROUTING -i tapff000022-00 -j tapline-i-tapff000022-00')).toBeLessThan(
      all.indexOf('-F tapline-i-tapff000022-00'),
    )
    expect(all).toContain('address del 192.168.150.12/24 dev ens37')
    expect(all.filter((line) => line.startsWith('fdb'))).toEqual([])
  })

  it('the NIC that we put into a bridge goes free with it', () => expect(planHost(host, emptyHostState, applied).kept).toEqual([]))

  it.each([
    ['another NIC', nic('ens39', { master: 'brqdd000001-00' }), []],
    ['the tap of somebody’s VM', { ...nic('tapother'), type: 'tap', master: 'brqdd000001-00' } as const, ['tapother']],
  ])('[PLAN-7] a bridge stays that holds %s', (_, plugged, targets) => {
    const foreign = targets.map((target) => ({
      ...desired.domains[0]!,
      uuid: ids.vm(9, 9),
      name: 'theirs',
      owner: null,
      interfaces: [{ ...desired.domains[0]!.interfaces[0]!, target }],
    }))
    const plan = planHost(
      host,
      emptyHostState,
      observe({ ...desired, links: [...desired.links, plugged], domains: [...desired.domains, ...foreign] }),
    )
    expect(plan.kept.map(({ subject }) => subject.id)).toEqual(['/brqdd000001-00'])
  })

  it('[PLAN-5] the way back frees a NIC and takes its bridge away', () => {
    const { steps: undo } = wayBack(host, desired, observe({}), applied)
    const back = undo.flatMap(({ command }) => (command.stdin ?? '').split('\n'))
    expect(back).toContain('link set dev ens38 nomaster')
    expect(back).toContain('link del dev brqdd000001-00')
  })
})

describe('[PLAN-6] is blocked', () => {
  const codes = (state: Partial<HostState>, unparsed: HostObservation['unparsed'] = []) =>
    planHost(host, desired, observe(state, unparsed)).blocked.map(({ code, subject }) => [code, subject.name])
  it.each([
    [
      'a NIC with an address, for a flat network',
      { addresses: [{ netns: '', link: 'ens38', cidr: '10.9.0.1/24' }] },
      [['nic-has-address', 'ens38']],
    ],
    [
      'a NIC in somebody’s bridge',
      { links: [nic('ens37'), nic('ens38', { master: 'br0' }), { netns: '', name: 'br0', type: 'bridge', owner: null } as const] },
      [['nic-taken', 'ens38']],
    ],
    [
      'a VLAN interface made by hand',
      { links: [...bareNics, { netns: '', name: 'ens38.120', type: 'vlan', owner: null } as const] },
      [['foreign-in-the-way', 'ens38.120']],
    ],
  ])('by %s', (_, state, expected) => expect(codes(state)).toEqual(expected))

  it('by ebtables that cannot be read, but not by an idle Open vSwitch', () => {
    const unread = (section: string) => [{ section, text: '', reason: quote('exit code 1') }]
    expect(codes({}, unread('ebtables'))).toEqual([['not-observed', host.name]])
    expect(planHost(host, desired, observe({}, unread('ebtables'))).blocked).toMatchObject([{ params: { part: { section: 'ebtables' } } }])
    expect(codes({}, unread('ovsdb'))).toEqual([])
  })
})

describe('the VTEP address', () => {
  const added = (state: Partial<HostState>) => diffHost(desired, observe(state).state).addresses.added
  it('[DIFF-9] is added where the host has none', () => expect(added({})).toHaveLength(1))
  it.each(['ens37', 'lo'])('[DIFF-9] stays the host’s own when it is on %s', (device) => {
    const own = { addresses: [{ netns: '', link: device, cidr: '192.168.150.12/32' }] }
    expect(added(own)).toEqual([])
    expect(diffHost(emptyHostState, observe(own).state).addresses.removed).toEqual([])
  })
})

describe('forwarding entries', () => {
  it('move by replacement when a port moves, and what was learned is left alone', () => {
    const moved = {
      ...desired,
      fdb: [
        ...desired.fdb.map((entry) => (entry.macAddress === 'fa:16:3e:00:03:03' ? { ...entry, destination: '192.168.150.99' } : entry)),
        { link: 'vxlan-1507', macAddress: '02:00:00:00:00:09', destination: '192.168.150.11', isStatic: false },
      ],
    }
    expect(lines(desired, moved)).toEqual([
      'fdb del fa:16:3e:00:03:03 dev vxlan-1507 dst 192.168.150.99 self permanent',
      'fdb replace fa:16:3e:00:03:03 dev vxlan-1507 dst 192.168.150.13 self permanent',
    ])
  })

  it('[DIFF-8] come back with a device that is made anew', () => {
    const other = {
      ...desired,
      links: desired.links.map((link) => (link.vxlan ? { ...link, vxlan: { ...link.vxlan, local: '192.168.150.77' } } : link)),
    }
    expect(lines(desired, other)[0]).toBe('link del dev vxlan-1507')
    expect(diffHost(desired, other).fdb.added).toEqual(desired.fdb)
  })
})

it('subports belong to the ports of the sample', () => expect([redId, blueId].map((id) => `tap${id.slice(0, 11)}`)).toEqual(subPortTaps))
it('a sample without trunk is planned as well', () =>
  expect(planHost(host, compileHost(sampleTopology({ linuxBridge }), host.id), observe({})).blocked).toEqual([]))
