import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { compileHost } from '../compile/compile'
import { explainTrunkState } from '../explain/trunk'
import type { Flow } from '../host/flow'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import type { OvsInterface, OvsPort } from '../host/ovs'
import { survivesRestart } from '../restore/survives-restart'
import { ids } from '../testing/sample-topology'
import { parentId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import type { Topology } from '../topology/topology'
import type { TrunkState } from './trunk-state'
import { trunkState } from './trunk-status'

const topology = trunkTopology()
const built = compileHost(topology, ids.host(2))

const said = (state: TrunkState) => ({ status: state.status, reason: explainTrunkState(state) })
const stateOf = (
  state: HostState | null,
  changes: { readonly topology?: Topology; readonly isApplying?: boolean; readonly unparsed?: HostObservation['unparsed'] } = {},
) => {
  const design = changes.topology ?? topology
  return said(
    trunkState({
      topology: design,
      trunk: design.trunks[0]!,
      observation: state && { state, unparsed: changes.unparsed ?? [] },
      isApplying: changes.isApplying ?? false,
    }),
  )
}
const without = (name: string): HostState => ({ ...built, ovsPorts: built.ovsPorts.filter((port) => port.name !== name) })
const having = (name: string, change: (port: OvsPort) => Partial<OvsPort>): HostState => ({
  ...built,
  ovsPorts: built.ovsPorts.map((port) => (port.name === name ? { ...port, ...change(port) } : port)),
})
const iface =
  (change: Partial<OvsInterface>) =>
  (port: OvsPort): Partial<OvsPort> => ({ interface: { ...port.interface, ...change } })
const withoutLink = (name: string): HostState => ({ ...built, links: built.links.filter((link) => link.name !== name) })
const free = (name: string): HostState => ({
  ...built,
  links: built.links.map((link) => (link.name === name ? { ...link, master: null } : link)),
})
const withoutFlows = (isGone: (flow: Flow) => boolean): HostState => ({ ...built, flows: built.flows.filter((flow) => !isGone(flow)) })
const mac = (port: OvsPort): Partial<OvsPort> => ({
  interface: { ...port.interface, externalIds: { ...port.interface.externalIds, 'attached-mac': 'fa:16:3e:ff:ff:ff' } },
})
const peer = (port: OvsPort): Partial<OvsPort> => ({ interface: { ...port.interface, options: { peer: 'nonexistent-peer' } } })
const noIds = (port: OvsPort): Partial<OvsPort> => ({ interface: { ...port.interface, externalIds: { 'iface-id': parentId } } })
const oneSubPort: Topology = { ...topology, trunks: [{ ...sampleTrunk, subPorts: sampleTrunk.subPorts.slice(0, 1) }] }
const unbound: Topology = {
  ...topology,
  ports: topology.ports.map((port) => (port.id === parentId ? { ...port, hostId: null, deviceOwner: '', deviceId: '' } : port)),
}

// docs/reference/trunks.md
describe('the state of a trunk', () => {
  it('is ACTIVE when everything is wired', () => expect(stateOf(built)).toEqual({ status: 'ACTIVE', reason: null }))
  it('is ACTIVE while vswitchd has not taken back that a patch port had no peer', () =>
    expect(stateOf(having('spt-ff000018-00', iface({ error: "No usable peer 'spi-ff000018-00' exists in 'netdev' datapath." })))).toEqual({
      status: 'ACTIVE',
      reason: null,
    }))

  it.each([
    ['DOWN', 'no VM', () => stateOf(built, { topology: unbound }), /used by no VM/],
    ['DOWN', 'a host never read', () => stateOf(null), /has not been read/],
    ['DOWN', 'nothing built', () => stateOf({ ...built, ovsBridges: [] }), /tbr-ce000001-0 is not built yet/],
    ['DOWN', 'a subport just removed', () => stateOf(built, { topology: oneSubPort }), /not applied yet: 1 removed/],
    ['DOWN', 'a host that has booted, and nothing restored', () => stateOf(survivesRestart(built)), /^VM vlan-1 is not running/],
    ['DOWN', 'the VM undefined', () => stateOf({ ...built, domains: [] }), /^VM vlan-1 is not defined on its host yet/],
    ['DOWN', 'the tap gone', () => stateOf(withoutLink('tapff000022-00')), /^tapff000022-00 of VM vlan-1 is not there/],
    ['BUILD', 'an apply under way', () => stateOf(built, { isApplying: true }), /being applied/],
    ['ERROR', 'the VIF gone', () => stateOf(without('qvoff000022-00')), /qvoff000022-00 is not a port of tbr-ce000001-0/],
    ['ERROR', 'the VIF’s device gone', () => stateOf(withoutLink('qvoff000022-00')), /^qvoff000022-00 is not there/],
    ['ERROR', 'the tap in no bridge', () => stateOf(free('tapff000022-00')), /^tapff000022-00 of the parent is not in qbrff000022-00/],
    [
      'ERROR',
      'the veth pair in no bridge',
      () => stateOf(free('qvbff000022-00')),
      /^qvbff000022-00 of the parent is not in qbrff000022-00/,
    ],
    [
      'ERROR',
      'a VIF that Open vSwitch could not open',
      () => stateOf(having('qvoff000022-00', iface({ ofport: -1, error: 'could not open network device (No such device)' }))),
      /cannot use qvoff000022-00: could not open network device/,
    ],
    [
      'ERROR',
      'a VIF without an OpenFlow port',
      () => stateOf(having('qvoff000022-00', iface({ ofport: -1 }))),
      /cannot use qvoff000022-00 \(ofport -1\)/,
    ],
    ['ERROR', 'a tag on the VIF', () => stateOf(having('qvoff000022-00', () => ({ tag: 5 }))), /qvoff000022-00 lets only tag 5 pass/],
    [
      'ERROR',
      'trunks on the VIF',
      () => stateOf(having('qvoff000022-00', () => ({ trunks: [301] }))),
      /qvoff000022-00 lets only VLANs 301 pass/,
    ],
    ['ERROR', 'no flows', () => stateOf(withoutFlows(() => true)), /br-int has no flows and drops everything/],
    [
      'ERROR',
      'the parent’s patch gone',
      () => stateOf(without('tpi-ff000022-00')),
      /tpi-ff000022-00 of "vlan-1 eth0" is missing on br-int/,
    ],
    ['DEGRADED', 'metadata gone', () => stateOf(having('qvoff000022-00', noIds)), /subport_ids/],
    ['DEGRADED', 'a subport’s end gone', () => stateOf(without('spt-ff000038-00')), /spt-ff000038-00 of "vlan-1 eth0.301" is missing/],
    [
      'DEGRADED',
      'a wrong guest VLAN',
      () => stateOf(having('spt-ff000038-00', () => ({ tag: 99 }))),
      /spt-ff000038-00 of "vlan-1 eth0.301" has tag 99, the guest uses VLAN 301/,
    ],
    [
      'DEGRADED',
      'a wrong local VLAN',
      () => stateOf(having('spi-ff000018-00', () => ({ tag: 77 }))),
      /spi-ff000018-00 .* has tag 77, its network has local VLAN 11/,
    ],
    [
      'DEGRADED',
      'what guards the parent gone',
      () => stateOf(withoutFlows(({ match }) => match.includes('in_port=tpi-'))),
      /br-int lacks 6 flows of 6 for tpi-ff000022-00/,
    ],
    [
      'DEGRADED',
      'a subport’s flow gone',
      () => stateOf(withoutFlows(({ match, table }) => table === 25 && match.includes('in_port=spi-ff000018'))),
      /br-int lacks 1 flow of 6 for spi-ff000018-00 of "vlan-1 eth0.302"/,
    ],
    [
      'DEGRADED',
      'a subport’s end that is not usable',
      () => stateOf(having('spt-ff000018-00', iface({ ofport: -1 }))),
      /cannot use spt-ff000018-00/,
    ],
    [
      'DEGRADED',
      'a wrong MAC',
      () => stateOf(having('spi-ff000018-00', mac)),
      /carries MAC fa:16:3e:ff:ff:ff, the port has fa:16:3e:00:01:08/,
    ],
    ['DEGRADED', 'a patch that leads nowhere', () => stateOf(having('spi-ff000018-00', peer)), /leads to nonexistent-peer/],
  ] as const)('is %s with %s', (status, _, state, reason) => expect(state()).toEqual({ status, reason: expect.stringMatching(reason) }))

  it.each([
    ['ovsdb', 'Open vSwitch bridges and ports'],
    ['flows br-int', 'flows of br-int'],
    ['ip', 'devices, addresses and routes'],
    ['virsh', 'VMs'],
  ])('[PLAN-25] is not known where the host did not tell %s, and never in ERROR for what is missing then', (section, words) => {
    const empty = { ...built, ovsBridges: [], ovsPorts: [], flows: [], links: [], domains: [] }
    const found = stateOf(empty, { unparsed: [{ section, text: '', reason: quote('exit code 1') }] })
    expect(found).toEqual({ status: 'DOWN', reason: `It is not known: the host of the parent did not tell its ${words} (exit code 1).` })
    expect(stateOf(built, { unparsed: [{ section, text: '', reason: quote('exit code 1') }] }).status).toBe('ACTIVE')
  })
})
