import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import type { OvsPort } from '../host/ovs'
import { canonicalFlow } from '../parse/openflow/canonical-flow'
import { ids } from '../testing/sample-topology'
import { parentId, redId, trunkTopology } from '../testing/sample-trunk'
import { computePath, isPath } from './compute-path'
import { expectationsOf } from './expectations'
import { hopOnTheWayBack } from './travel'
import { explainedPath, type ExplainedHop, type ExplainedPath } from '../testing/explained'

const topology = trunkTopology({ datapathType: 'system' })
const BRIDGE = 'tbr-ce000001-0'

/** What Open vSwitch puts into a bridge without controller and fail_mode. */
const normal = (() => {
  const parsed = canonicalFlow('cookie=0x0, table=0, priority=0 actions=NORMAL', BRIDGE)
  if (!parsed.ok) throw new Error('flow')
  return { ...parsed.value, owner: null }
})()

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
function observe(host: number, change: (state: HostState) => HostState = (state) => state): HostObservation {
  const compiled = compileHost(topology, ids.host(host))
  // With the kernel datapath the NIC has its address already.
  const addresses = [{ netns: '', link: 'ens37', cidr: `192.168.150.1${host}/24` }]
  const state = change({ ...compiled, addresses, flows: host === 2 ? [...compiled.flows, normal] : compiled.flows })
  return { hostId: ids.host(host), observedAt: '', durationMs: 1, state, facts, unparsed: [] }
}

function draw(source: string, destination: string, change?: (state: HostState) => HostState): ExplainedPath {
  const observations = new Map([
    [ids.host(2), observe(2, change)],
    [ids.host(3), observe(3)],
  ])
  const path = computePath({ topology, observations }, source, destination)
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const changePort =
  (name: string, change: (port: OvsPort) => OvsPort) =>
  (state: HostState): HostState => ({
    ...state,
    ovsPorts: state.ovsPorts.map((port) => (port.name === name ? change(port) : port)),
  })
const roles = ({ forth: { hops } }: ExplainedPath) => hops.map(({ role }) => role).join(' ')
const guestHops = ({ forth: { hops } }: ExplainedPath) =>
  hops.filter(({ encapsulation }) => encapsulation.kind === 'guest-vlan').map(({ place: { device } }) => device)
const hopOn = (path: ExplainedPath, device: string): ExplainedHop => path.forth.hops.find((hop) => hop.place.device === device)!

describe('the path of a subport', () => {
  const path = draw(redId, ids.port(3, 3))
  it('crosses the trunk bridge and both ends of the pair', () => {
    expect(roles(path)).toBe(
      'vm tap qbr qvb qvo trunk-bridge trunk-patch trunk-patch br-int patch br-tun nic wire nic br-tun patch br-int qvo qvb qbr tap vm',
    )
    expect(path.source.label).toBe('vlan-1 eth0.301')
    expect(path.forth.hops.slice(0, 8).map(({ place: { device } }) => device)).toEqual([
      'eth0.301',
      'tapff000022-00',
      'qbrff000022-00',
      'qvbff000022-00',
      'qvoff000022-00',
      BRIDGE,
      'spt-ff000038-00',
      'spi-ff000038-00',
    ])
  })
  it('wears the guest’s VLAN up to the trunk bridge, and not behind it', () => {
    expect(guestHops(path)).toEqual(['eth0.301', 'tapff000022-00', 'qbrff000022-00', 'qvbff000022-00', 'qvoff000022-00'])
    expect(
      expectationsOf(hopOn(path, 'qvoff000022-00'), hopOnTheWayBack(path, hopOn(path, 'qvoff000022-00')) ?? null)['echo-request']
        .encapsulation,
    ).toEqual({ kind: 'dot1q', vlanId: 301 })
    expect(hopOn(path, 'br-int').encapsulation).toEqual({ kind: 'local-vlan', vlan: 13 })
  })
  it('agrees with the host', () => {
    expect(path.verdict).toBeNull()
    expect(path.forth.hops.filter(({ host, role }) => host === 'differs' && role !== 'nic').map(({ finding }) => finding)).toEqual([])
  })
  it('is proven by flows on both sides of the pair, which on br-int take ARP apart', () => {
    expect(hopOn(path, 'spt-ff000038-00').proof).toMatchObject({
      method: 'flow-counter',
      flowKeys: [
        expect.stringContaining(BRIDGE),
        expect.stringContaining('/9/in_port=spi-ff000038-00'),
        expect.stringContaining('/10/arp,in_port=spi-ff000038-00'),
      ],
    })
  })
  it('is the same in the mirror', () => {
    const back = draw(ids.port(3, 3), redId)
    expect(roles(back)).toBe(roles(path).split(' ').reverse().join(' '))
    expect(guestHops(back)).toEqual([BRIDGE, 'qvoff000022-00', 'qvbff000022-00', 'qbrff000022-00', 'tapff000022-00', 'eth0.301'])
    expect(back.verdict).toBeNull()
  })

  it.each([
    [
      'a wrong id',
      'spt-ff000038-00',
      (port: OvsPort) => ({ ...port, tag: 99 }),
      'spt-ff000038-00 has tag 99, the guest sends VLAN 301 for vlan-1 eth0.301',
    ],
    [
      'a wrong local VLAN',
      'spi-ff000038-00',
      (port: OvsPort) => ({ ...port, tag: 77 }),
      'spi-ff000038-00 has tag 77, local VLAN of network vxlan on cmp1 is 13',
    ],
    [
      'a tag on the VIF',
      'qvoff000022-00',
      (port: OvsPort) => ({ ...port, tag: 5 }),
      `qvoff000022-00 has tag 5 on ${BRIDGE}: VLANs of the guest are cut off`,
    ],
    [
      'a wrong MAC',
      'spi-ff000038-00',
      (port: OvsPort) => ({
        ...port,
        interface: { ...port.interface, externalIds: { ...port.interface.externalIds, 'attached-mac': 'fa:16:3e:ff:ff:ff' } },
      }),
      'spi-ff000038-00 carries attached-mac fa:16:3e:ff:ff:ff, the port has fa:16:3e:00:03:08',
    ],
    [
      'a broken pair',
      'spt-ff000038-00',
      (port: OvsPort) => ({ ...port, interface: { ...port.interface, options: { peer: 'nonexistent-peer' } } }),
      'Patch port spt-ff000038-00 leads to nonexistent-peer, not to spi-ff000038-00, on cmp1',
    ],
  ] as const)('names the hop of %s', (_, name, change, sentence) => {
    const broken = draw(redId, ids.port(3, 3), changePort(name, change as (port: OvsPort) => OvsPort))
    expect(broken.verdict).toEqual({ hopId: `cmp1/${name.startsWith('qvo') ? 'qvo' : 'trunk-patch'}/${name}#1`, sentence })
  })
})

it('the parent’s own frames are untagged all the way', () => {
  const path = draw(parentId, ids.port(2, 3))
  expect(guestHops(path)).toEqual([])
  expect(path.forth.hops.slice(5, 8).map(({ place: { device } }) => device)).toEqual([BRIDGE, 'tpt-ff000022-00', 'tpi-ff000022-00'])
  expect(path.verdict).toBeNull()
})
