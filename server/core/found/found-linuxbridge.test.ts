// Hosts with the wiring of Neutron's Linux bridge agent that nobody described: as the compiler makes them, read as if they were somebody else's.

import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { dhcpNamespace, nsName, routerNamespace } from '../naming'
import { computePath } from '../path/compute-path'
import { isPath } from '../path/is-path'
import { listEndpoints } from '../path/list-endpoints'
import { computeObservedPath } from '../path/testing/observed-path'
import type { Path } from '../path/path'
import { ids } from '../testing/sample-topology'
import { parentId, redId, trunkTopology } from '../testing/sample-trunk'
import { topologyFromObservations } from './found-topology'
import { withFound } from './with-found'

// net1 and cmp1 have the Linux bridge agent; networks: 1 flat, 2 VLAN 120, 3 VXLAN 1507.
const design = trunkTopology({ linuxBridge: [1, 2], datapathType: 'system' })
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
const whole = (state: HostState) => state
function observe(change: (state: HostState, host: number) => HostState = whole): Map<string, HostObservation> {
  const read = (host: number): HostObservation => ({
    hostId: ids.host(host),
    observedAt: '',
    durationMs: 1,
    state: change(compileHost(design, ids.host(host)), host),
    facts,
    unparsed: [],
  })
  return new Map([1, 2].map((host) => [ids.host(host), read(host)]))
}
const found = (observations = observe()) => topologyFromObservations([...observations.values()])
/** What is named after an id has its first 11 characters. */
const start = (id: string): string => id.slice(0, 11)
const foundId = (id: string, { ports } = found()) => ports.find((port) => start(port.id) === start(id))!.id

describe('what a Linux bridge host tells', () => {
  it('is its agent, its VTEP and its NICs', () => {
    expect(found().hosts.map(({ agentKind, tunnel, bridgeMappings }) => [agentKind, tunnel?.address, tunnel?.nic, bridgeMappings])).toEqual(
      ['192.168.150.11', '192.168.150.12'].map((address) => [
        'linuxbridge',
        address,
        'ens37',
        [{ physicalNetworkId: 'ens38', bridge: '', nic: 'ens38' }],
      ]),
    )
  })

  it('is its networks: with whole ids where a DHCP server has them, and the segment of the way out', () => {
    const { networks, localVlans } = found()
    expect(networks.map(({ id, type, segmentationId, physicalNetworkId }) => [id, type, segmentationId, physicalNetworkId])).toEqual([
      [ids.network(1), 'flat', null, 'ens38'], [ids.network(2), 'vlan', 120, 'ens38'], [ids.network(3), 'vxlan', 1507, null],
    ]) // prettier-ignore
    expect(localVlans).toEqual([])
  })

  it('is its ports: VMs, DHCP servers, the parent and the subports of a trunk, with MAC and address', () => {
    const own = design.ports.filter(({ hostId }) => hostId === ids.host(1) || hostId === ids.host(2))
    const told = ({ id, macAddress, deviceOwner, fixedIps: [ip], isPortSecurityEnabled }: (typeof own)[number]) =>
      `${start(id)} ${macAddress} ${deviceOwner} ${ip?.ipAddress} ${deviceOwner === 'network:dhcp' || isPortSecurityEnabled}`
    expect(
      found()
        .ports.map((port) => told({ ...port, isPortSecurityEnabled: port.isPortSecurityEnabled || port.deviceOwner === 'network:dhcp' }))
        .sort(),
    ).toEqual(own.map(told).sort())
    const [trunk] = found().trunks
    expect([start(trunk!.portId), trunk!.subPorts.map(({ portId, segmentationId }) => [start(portId), segmentationId])]).toEqual([
      start(parentId),
      [
        [start(redId), 301],
        [start(ids.port(1, 8)), 302],
      ],
    ])
    expect(listEndpoints(found()).map(({ label }) => label)).toContain('vlan-1 eth0.301')
  })

  it('is the MAC of a VM by its tap where libvirt was not read', () => {
    const unread = observe((state) => ({
      ...state,
      domains: [],
      links: state.links.map((link) => (link.type === 'tap' ? { ...link, macAddress: `fe:16:3e:00:0${link.name.at(-5)}:02` } : link)),
    }))
    expect(found(unread).ports.find(({ id }) => start(id) === start(ids.port(2, 2)))?.macAddress).toBe('fa:16:3e:00:02:02')
  })

  it('is the MAC of a VM by its filter where libvirt was not read and the cloud has a base_mac of its own', () => {
    const otherBase = (text: string) => text.replaceAll('fa:16:3e:', 'fa:16:40:')
    const unread = observe((state) => ({
      ...state,
      domains: [],
      links: state.links.map((link) => (link.type === 'tap' ? { ...link, macAddress: `fe:16:40:00:0${link.name.at(-5)}:02` } : link)),
      iptables: state.iptables.map((each) => ({ ...each, rules: each.rules.map(otherBase) })),
    }))
    expect(found(unread).ports.find(({ id }) => start(id) === start(ids.port(2, 2)))?.macAddress).toBe('fa:16:40:00:02:02')
  })

  it('comes before what was registered of a host that is only read', () => {
    const registered = {
      ...design,
      hosts: design.hosts.map((host) => ({ ...host, isReadOnly: true, agentKind: 'openvswitch' as const })),
      ports: [],
      networks: [],
      vms: [],
      trunks: [],
    }
    expect(withFound(registered, observe()).topology.hosts.map(({ agentKind }) => agentKind)).toEqual([
      'linuxbridge',
      'linuxbridge',
      'openvswitch',
    ])
  })
})

describe('a path that was found on such hosts', () => {
  const shape = (path: Path | object) => {
    if (!('forth' in path)) throw new Error(JSON.stringify(path))
    return path.forth.hops.map(({ role, place: { device }, encapsulation, proof, linkToNext, finding }) => ({
      role,
      device: role === 'wire' ? '' : device,
      encapsulation,
      proof,
      linkToNext,
      finding,
    }))
  }
  it.each([
    ['flat', ids.port(1, 2), ids.port(1, 1)],
    ['VLAN', ids.port(2, 2), ids.port(2, 1)],
    ['VXLAN', ids.port(3, 2), ids.port(3, 1)],
    ['VXLAN, the way back', ids.port(3, 1), ids.port(3, 2)],
    ['a subport', redId, ids.port(3, 1)],
  ])('is the one that the design would have: %s', (_, source, destination) => {
    const derived = computeObservedPath(observe(), foundId(source), foundId(destination))
    const designed = computePath({ topology: design, observations: observe() }, source, destination)
    if (!isPath(designed)) throw new Error(designed.code)
    expect(shape(derived)).toEqual(shape(designed))
    expect('verdict' in derived && derived.verdict).toBeNull()
  })

  it.each([1, 2, 3])('to a router’s port is the one to a server’s there: network %s', (number) => {
    const netns = routerNamespace('9d7c3f10-4a52-4b1e-9f6d-2c8e5b7a1d34')
    const port = design.ports.find(({ networkId, deviceOwner }) => networkId === ids.network(number) && deviceOwner === 'network:dhcp')!.id
    const asRouter = (text: string) =>
      text.replaceAll(dhcpNamespace(ids.network(number)), netns).replaceAll(nsName(port), `qr-${start(port)}`)
    const routed = observe((state) => JSON.parse(asRouter(JSON.stringify(state))) as HostState)
    const ends = [ids.port(number, 2), port].map((id) => foundId(id, found(routed))) as [string, string]
    for (const [source, destination] of [ends, ends.toReversed() as [string, string]]) {
      const [path, served] = [computeObservedPath(routed, source, destination), computeObservedPath(observe(), source, destination)]
      const ofServer = JSON.parse(asRouter(JSON.stringify(shape(served)).replaceAll('"role":"dhcp"', '"role":"router-port"'))) as unknown
      expect(shape(path)).toEqual(ofServer)
      expect('verdict' in path && path.verdict).toBeNull()
    }
  })

  it('names what is wrong there', () => {
    const broken = observe((state) => ({
      ...state,
      links: state.links.map((link) => (link.name === 'ens38.120' ? { ...link, isUp: false } : link)),
    }))
    const path = computeObservedPath(broken, foundId(ids.port(2, 2)), foundId(ids.port(2, 1)))
    expect('verdict' in path && path.verdict?.finding.code).toBe('device-down')
  })

  const wayOut = (state: HostState) => state.links.find(({ name }) => name === 'ens38.120')!
  const others = (state: HostState) => state.links.filter(({ name }) => name !== 'ens38.120')
  it.each<[string, number, string, (state: HostState) => HostState]>([
    ['out of its bridge', 1, 'bridge-differs', (state) => ({ ...state, links: [...others(state), { ...wayOut(state), master: null }] })],
    ['out of its bridge', 2, 'bridge-differs', (state) => ({ ...state, links: [...others(state), { ...wayOut(state), master: null }] })],
    ['gone', 1, 'device-missing', (state) => ({ ...state, links: others(state) })],
    ['gone', 2, 'device-missing', (state) => ({ ...state, links: others(state) })],
  ])('names the host whose VLAN interface is %s: %i', (_, bad, code, change) => {
    const broken = observe((state, host) => (host === bad ? change(state) : state))
    expect(found(broken).networks.find(({ id }) => id === ids.network(2))).toMatchObject({
      type: 'vlan',
      segmentationId: 120,
      physicalNetworkId: 'ens38',
    })
    const path = computeObservedPath(broken, foundId(ids.port(2, 2)), foundId(ids.port(2, 1)))
    if (!isPath(path)) throw new Error(path.code)
    expect(path.verdict).toMatchObject({ hopId: expect.stringContaining(`${ids.host(bad)}/vlan-device/ens38.120`), finding: { code } })
  })
})
