// The desired states of the hosts of a path, with nothing in them but what the path needs: its ports, what they are plugged by, and the
// ways out of their hosts. A host of somebody else's gets what Neutron's agent would have built there. What a design leaves to the host
// (how the tunnel's address is held, MACs of devices, a tap plugged without a bridge of its own) is taken from its reading.

import { DEAD_VLAN } from '../host/ovs'
import { traitsOf } from '../agents/agent-traits'
import { compileHost } from '../compile/compile'
import { emptyHostState, type HostState } from '../host/host-state'
import { qbrName, qvbName, qvoName, tapName, underlayBridgeName } from '../naming'
import type { Host } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Vm } from '../topology/kinds/vm/vm'
import { emptyTopology } from '../topology/complete-topology'
import type { LocalVlan, Topology } from '../topology/topology'
import { Fleet } from '../walk/fleet'
import type { HostView } from './host-view'
import { wiresOf } from './path-fleet'
import { isDirectlyPlugged, isProvider, nicPort, type PathSide } from './path-side'
import { withRouterPort } from './router-plug'
import { underlayOf } from './underlay'

/** One end, or both. */
export function designFleet(ends: readonly PathSide[]): Fleet {
  const topology = designOf(ends)
  const views = new Map(ends.flatMap((end) => [end, ...end.carriers]).flatMap(({ host, view }) => (view ? [[host.id, view] as const] : [])))
  const hosts = topology.hosts.map((host) => {
    const built = asBuilt(compileHost(topology, host.id), host, views.get(host.id) ?? null)
    const here = ends.filter((end) => end.host.id === host.id)
    const routing = here.reduce((state, end) => withRouterPort(state, topology, end), built)
    const state = here.filter(isDirectlyPlugged).reduce(withDirectPlug, routing)
    return { hostId: host.id, name: host.name, state, unread: () => null }
  })
  return new Fleet({ hosts, wires: wiresOf(topology), guests: ends.flatMap(guestOf) })
}

function guestOf(side: PathSide) {
  const { endpoint, port, host, trunk } = side
  const guest = {
    macAddress: port.macAddress,
    ipAddresses: port.fixedIps.map(({ ipAddress }) => ipAddress),
    tap: { hostId: host.id, device: tapName(nicPort(side).id) },
  }
  return endpoint.kind === 'vm' ? [{ ...guest, ...(trunk?.guestVlan && { vlanId: trunk.guestVlan }) }] : []
}

function designOf(ends: readonly PathSide[]): Topology {
  const { topology } = ends[0]!
  const ports = uniqueById(ends.flatMap((end) => [ownPort(end), nicPort(end)])).map(unfiltered)
  const networks = uniqueById(ends.flatMap(({ network, trunk }) => [network, ...(trunk ? [trunk.parentNetwork] : [])]))
  const carriers = isCrossed(ends) ? ends.flatMap((end) => end.carriers.filter(({ mapping }) => mapping !== null)) : []
  const hosts = uniqueById([...ends, ...carriers].map(({ host }) => host))
  const known = new Set(ports.map(({ id }) => id))
  return {
    ...emptyTopology,
    physicalNetworks: topology.physicalNetworks,
    subnets: topology.subnets.filter(({ networkId }) => networks.some(({ id }) => id === networkId)),
    hosts: hosts.map((host) => preparedHost(host, ends)),
    networks: networks.map(withSegment),
    ports,
    vms: topology.vms.flatMap((vm) =>
      plainVm(
        vm,
        ports,
        carriers.some((carrier) => carrier.vm.id === vm.id),
      ),
    ),
    trunks: topology.trunks
      .filter(({ portId }) => known.has(portId))
      .map((trunk) => ({ ...trunk, subPorts: trunk.subPorts.filter(({ portId }) => known.has(portId)) })),
    nestedUplinks: uniqueById(carriers.map(({ uplink }) => uplink)),
    localVlans: hosts.flatMap((host) => networks.map((network) => localVlanOf(topology, host, network))),
  }
}

/** Frames leave the host. */
const isCrossed = (ends: readonly PathSide[]): boolean => ends.some(({ host }) => ends.length === 1 || host.id !== ends[0]!.host.id)

/** With the ways out that this path may take, whether somebody has prepared it yet or not. */
function preparedHost(host: Host, ends: readonly PathSide[]): Host {
  const usedBy = ({ network, carriers }: PathSide) =>
    [network, ...carriers.map(({ uplink }) => uplink)].map(({ physicalNetworkId }) => physicalNetworkId)
  const used = new Set(ends.flatMap(usedBy))
  const end = ends.find((each) => each.host.id === host.id)
  return {
    ...host,
    isPrepared: true,
    hasRestoreUnit: false,
    hasBridgeNetfilter: false,
    isSchedulable: true,
    // A bridge that holds the tunnel's address carries the tunnel, whatever the datapath is.
    datapathType: end && underlayOf(end).bridge !== null ? 'netdev' : host.datapathType,
    tunnel: isCrossed(ends) && ends.some(({ network }) => network.type === 'vxlan') ? host.tunnel : null,
    bridgeMappings: isCrossed(ends) ? host.bridgeMappings.filter(({ physicalNetworkId }) => used.has(physicalNetworkId)) : [],
  }
}

/** What was found of a network may lack its number. */
const withSegment = (network: Network): Network => {
  if (network.type === 'flat' || network.segmentationId !== null) return network
  return isProvider(network) ? { ...network, type: 'flat' } : { ...network, segmentationId: 0 }
}

/** Without a local VLAN a port is wired to nothing, as one out of service. The subnets of a DHCP port that was found are not known. */
function ownPort({ port, localVlan, host, topology }: PathSide): Port {
  const isWired = localVlan !== null || !traitsOf(host).hasLocalVlans
  const isKnown = ({ subnetId }: Port['fixedIps'][number]) => topology.subnets.some(({ id }) => id === subnetId)
  return {
    ...port,
    isAdminStateUp: port.isAdminStateUp && isWired,
    fixedIps: port.deviceOwner === 'network:dhcp' ? port.fixedIps.filter(isKnown) : port.fixedIps,
  }
}

/** Which packets the rules of security groups let pass is no question of which way they would go: that is asked of what was read. */
const unfiltered = (port: Port): Port => ({ ...port, securityGroupIds: undefined })

function plainVm(vm: Vm, ports: readonly Port[], isCarrier: boolean): Vm[] {
  const portIds = vm.portIds.filter((portId) => ports.some(({ id, hostId }) => id === portId && hostId === vm.hostId))
  return portIds.length > 0 || isCarrier ? [{ ...vm, portIds }] : []
}

const localVlanOf = ({ localVlans }: Topology, { id: hostId }: Host, { id: networkId }: Network): LocalVlan =>
  localVlans.find((each) => each.hostId === hostId && each.networkId === networkId) ?? { hostId, networkId, vlan: DEAD_VLAN }

function asBuilt(state: HostState, host: Host, view: HostView | null): HostState {
  const { bridge } = underlayOf({ host, view })
  const named = bridge === null || !host.tunnel ? state : renamed(state, underlayBridgeName(host.tunnel.nic), bridge)
  return {
    ...named,
    links: named.links.map((link) => ({ ...link, macAddress: link.macAddress ?? view?.link(link.netns, link.name)?.macAddress })),
  }
}

function withDirectPlug(state: HostState, side: PathSide): HostState {
  const { id } = nicPort(side)
  const between = new Set([qbrName(id), qvbName(id), qvoName(id)])
  const links = state.links
    .filter(({ name }) => !between.has(name))
    .map((link) => (link.name === tapName(id) ? { ...link, master: null } : link))
  return renamed({ ...state, links }, qvoName(id), tapName(id))
}

/** A device or bridge under another name, wherever it is named. */
function renamed(state: HostState, from: string, to: string): HostState {
  const name = (text: string): string => (text === from ? to : text)
  const match = (text: string): string =>
    text
      .split(',')
      .map((term) => (term === `in_port=${from}` ? `in_port=${to}` : term))
      .join(',')
  return {
    ...emptyHostState,
    ...state,
    links: state.links.map((link) => ({ ...link, name: name(link.name) })),
    addresses: state.addresses.map((address) => ({ ...address, link: name(address.link) })),
    ovsBridges: state.ovsBridges.map((bridge) => ({ ...bridge, name: name(bridge.name) })),
    ovsPorts: state.ovsPorts.map((port) => ({ ...port, name: name(port.name), bridge: name(port.bridge) })),
    flows: state.flows.map((flow) => ({ ...flow, bridge: name(flow.bridge), match: match(flow.match) })),
  }
}

const uniqueById = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  items.filter((item, index) => items.findIndex(({ id }) => id === item.id) === index)
