import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import { ids } from '../testing/sample-topology'
import { redId, trunkTopology } from '../testing/sample-trunk'
import { computePath, isPath } from './compute-path'
import { expectationsOf } from './expectations'
import { hopOnTheWayBack } from './travel'
import { explainedPath, type ExplainedPath } from '../testing/explained'

// net1 and cmp1 have the Linux bridge agent, cmp2 has Open vSwitch; networks: 1 flat, 2 VLAN 120, 3 VXLAN 1507.
const topology = trunkTopology({ linuxBridge: [1, 2], datapathType: 'system' })
const facts = {
  hostname: '',
  kernel: '',
  ovsVersion: null,
  ovsDatapathTypes: [],
  hasKernelDatapath: true,
  kvm: 'no-device' as const,
  libvirtVersion: null,
  tools: {},
  neutronAgents: [],
  sshLink: null,
}

function observe(host: number, change: (state: HostState) => HostState = (state) => state): HostObservation {
  return {
    hostId: ids.host(host),
    observedAt: '',
    durationMs: 1,
    state: change(compileHost(topology, ids.host(host))),
    facts,
    unparsed: [],
  }
}

function draw(source: string, destination: string, change?: (state: HostState) => HostState): ExplainedPath {
  const observations = new Map([1, 2, 3].map((host) => [ids.host(host), observe(host, host === 2 ? change : undefined)]))
  const path = computePath({ topology, observations }, source, destination)
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const roles = ({ forth: { hops } }: ExplainedPath) => hops.map(({ role }) => role).join(' ')
const hopOn = (path: ExplainedPath, device: string) => path.forth.hops.find((hop) => hop.place.device === device)!
const changeLink =
  (name: string, change: Partial<Link> | null) =>
  (state: HostState): HostState => ({
    ...state,
    links: state.links.flatMap((link) => (link.name !== name ? [link] : change === null ? [] : [{ ...link, ...change }])),
  })

describe('the path from a Linux bridge host to an Open vSwitch host', () => {
  it.each([
    ['flat', 1, 'vm tap brq nic wire nic provider-bridge patch br-int qvo qvb qbr tap vm'],
    ['vxlan', 3, 'vm tap brq vxlan-device nic wire nic br-tun patch br-int qvo qvb qbr tap vm'],
  ] as const)('%s', (_, network, expected) => {
    const path = draw(ids.port(network, 2), ids.port(network, 3))
    expect(roles(path)).toBe(expected)
    expect(path.forth.hops.filter(({ finding }) => finding !== null).map(({ finding }) => finding)).toEqual([])
    expect(path.forth.hops.slice(1, 5).map(({ proof }) => proof.method)).toEqual(expect.arrayContaining(['capture']))
  })

  it('a VLAN goes on where its device is, and is seen behind it', () => {
    const path = draw(ids.port(2, 2), ids.port(2, 3))
    expect(roles(path)).toBe('vm tap brq vlan-device nic wire nic provider-bridge patch br-int qvo qvb qbr tap vm')
    const device = hopOn(path, 'ens38.120')
    expect(device.encapsulation).toEqual({ kind: 'dot1q', vlanId: 120 })
    expect(expectationsOf(device, hopOnTheWayBack(path, device) ?? null)['echo-request'].encapsulation).toBe('untagged')
    expect(expectationsOf(path.forth.hops[4]!, hopOnTheWayBack(path, path.forth.hops[4]!) ?? null)['echo-request'].encapsulation).toEqual({
      kind: 'dot1q',
      vlanId: 120,
    })
  })

  it('and back: the far end is the near one in the mirror', () => {
    expect(roles(draw(ids.port(3, 3), ids.port(3, 2)))).toBe('vm tap qbr qvb qvo br-int patch br-tun nic wire nic vxlan-device brq tap vm')
    const path = draw(ids.port(2, 3), ids.port(2, 2))
    expect([hopOn(path, 'ens38.120').encapsulation.kind, hopOn(path, 'brqdd000002-00').encapsulation.kind]).toEqual([
      'untagged',
      'untagged',
    ])
  })
})

describe('a subport on a Linux bridge host', () => {
  const path = draw(redId, ids.port(3, 3))
  it('leaves the parent’s tap by a VLAN interface', () => {
    expect(path.forth.hops.slice(0, 5).map(({ place: { device } }) => device)).toEqual([
      'eth0.301',
      'tapff000022-00',
      'tapff000038-00',
      'brqdd000003-00',
      'vxlan-1507',
    ])
    expect(path.forth.hops.slice(0, 3).map(({ encapsulation }) => encapsulation.kind)).toEqual(['guest-vlan', 'guest-vlan', 'untagged'])
    expect(path.verdict).toBeNull()
  })
  it('arriving, the tag goes on at the VLAN interface and is seen at the tap', () => {
    const back = draw(ids.port(3, 3), redId)
    const [own, parent] = ['tapff000038-00', 'tapff000022-00'].map((device) => hopOn(back, device))
    expect(own!.encapsulation).toEqual({ kind: 'guest-vlan', vlanId: 301 })
    expect(expectationsOf(own!, hopOnTheWayBack(back, own!) ?? null)['echo-request'].encapsulation).toBe('untagged')
    expect(expectationsOf(parent!, hopOnTheWayBack(back, parent!) ?? null)['echo-request'].encapsulation).toEqual({
      kind: 'dot1q',
      vlanId: 301,
    })
  })
})

it('two ports of one host meet in their bridge', () => {
  const path = draw(redId, ids.port(3, 2))
  expect(roles(path)).toBe('vm tap tap-vlan brq tap vm')
})

it('a DHCP server is the other end of a veth pair', () => {
  const path = draw(ids.port(2, 1), ids.port(2, 2))
  expect(roles(path)).toBe('dhcp tap brq vlan-device nic wire nic vlan-device brq tap vm')
  expect(path.forth.hops.slice(0, 2).map(({ place: { device }, finding }) => [device, finding])).toEqual([
    ['ns-ff000021-00', null],
    ['tapff000021-00', null],
  ])
})

// docs/reference/faults.md, where the signature has a hop of this kind.
describe('what is wrong is named with its hop', () => {
  const red = (change: (state: HostState) => HostState) => draw(redId, ids.port(3, 3), change)
  const fdb =
    (change: Partial<HostState['fdb'][number]> | null, mac: string) =>
    (state: HostState): HostState => ({
      ...state,
      fdb: state.fdb.flatMap((entry) =>
        entry.macAddress === mac && entry.destination === '192.168.150.13' ? (change ? [{ ...entry, ...change }] : []) : [entry],
      ),
    })
  const chain =
    (rules: readonly string[] | null) =>
    (state: HostState): HostState => ({
      ...state,
      iptables: state.iptables.flatMap((each) =>
        each.chain === 'tapline-i-tapff000038-00' ? (rules ? [{ ...each, rules }] : []) : [each],
      ),
    })
  it.each([
    [
      'a wrong guest VLAN',
      changeLink('tapff000038-00', { vlan: { lower: 'tapff000022-00', id: 99 } }),
      'tapff000038-00',
      /has VLAN id 99, not 301/,
    ],
    ['a VM restarted by hand', changeLink('tapff000038-00', null), 'tapff000038-00', /went with the tap when the VM was restarted/],
    [
      'a subport in another bridge',
      changeLink('tapff000038-00', { master: 'brqdd000001-00' }),
      'tapff000038-00',
      /is in brqdd000001-00, not in brqdd000003-00/,
    ],
    [
      'a wrong VNI',
      changeLink('vxlan-1507', { vxlan: { vni: 9, local: '192.168.150.12', port: 4789, lower: 'ens37' } }),
      'vxlan-1507',
      /has VNI 9, network vxlan is 1507/,
    ],
    [
      'another tunnel address',
      changeLink('vxlan-1507', { vxlan: { vni: 1507, local: '10.9.0.1', port: 4789, lower: 'ens37' } }),
      'vxlan-1507',
      /sends from 10.9.0.1/,
    ],
    ['a stale entry', fdb({ destination: '192.168.150.99' }, 'fa:16:3e:00:03:03'), 'vxlan-1507', /to 192.168.150.99, but it is on cmp2/],
    ['a missing peer', fdb(null, '00:00:00:00:00:00'), 'vxlan-1507', /flood list of vxlan-1507 lacks cmp2/],
    [
      'a filter for another MAC',
      chain(['-p 802_1Q -j DROP', '-s fa:16:3e:ff:ff:ff -j RETURN', '-j DROP']),
      'tapff000038-00',
      /does not let source MAC fa:16:3e:00:03:08 pass/,
    ],
    ['no filter', chain(null), 'tapff000038-00', /filter of tapff000038-00 is missing/],
  ] as const)('%s', (_, change, device, sentence) => {
    const {
      verdict,
      forth: { hops },
    } = red(change)
    expect(verdict?.sentence).toMatch(sentence)
    expect(hops.find(({ id }) => id === verdict?.hopId)?.place.device).toBe(device)
  })
})
