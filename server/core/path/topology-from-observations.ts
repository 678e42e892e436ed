// Hosts that somebody else built (a Neutron cloud, a lab wired by hand) have no design here. What they tell themselves is
// enough for a minimal, read-only one: Neutron's agent writes network, type and segmentation into Port other_config,
// nova and libvirt write port, MAC and VM into Interface external_ids (reference §5), and flows hold the rest.

import type { HostObservation } from '../host/observation'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE, dhcpNamespace } from '../naming'
import { emptyTopology, type Host, type LocalVlan, type Network, type NetworkType, type Port, type Topology, type Vm } from '../topology/topology'
import { computePath } from './compute-path'
import { HostView } from './host-view'
import { mappingsOf, tunnelOf } from './observed-uplinks'
import type { NoPath, Path } from './path'

type Observations = ReadonlyMap<string, HostObservation>

/** Draws the path between two ports, named by iface-id, without any design. */
export function computeObservedPath(observations: Observations, source: string, destination: string): Path | NoPath {
  const topology = topologyFromObservations([...observations.values()])
  return computePath({ topology, observations, hasDesign: false }, source, destination)
}

export function topologyFromObservations(observations: readonly HostObservation[]): Topology {
  const plugged = observations.flatMap((observation) => pluggedPorts(new HostView(observation)))
  const networks = uniqueBy(plugged.map(networkOf), ({ id }) => id)
  return {
    ...emptyTopology,
    hosts: observations.map((observation) => hostOf(new HostView(observation), networks, plugged)),
    physicalNetworks: uniqueBy(networks.flatMap(physicalNetworkOf), ({ id }) => id),
    networks,
    ports: plugged.map(portOf),
    vms: uniqueBy(plugged.flatMap((each) => vmOf(each, plugged)), ({ id }) => id),
    localVlans: uniqueBy(plugged.flatMap(localVlanOf), ({ hostId, networkId }) => `${hostId}/${networkId}`),
  }
}

/** A port that Neutron's agent has wired, with what its two rows say. */
export interface PluggedPort {
  readonly view: HostView
  readonly row: OvsPort
  readonly portId: string
  readonly macAddress: string
  readonly networkId: string
  readonly kind: 'vm' | 'dhcp'
}

/** Router ports and patch ends of trunks carry the same marks, but no path begins at them. */
function pluggedPorts(view: HostView): PluggedPort[] {
  return view.portsOf(INTEGRATION_BRIDGE).flatMap((row) => {
    const { type, externalIds } = row.interface
    const [portId, macAddress, networkId] = [externalIds['iface-id'], externalIds['attached-mac'], row.otherConfig['net_uuid']]
    if (!portId || !macAddress || !networkId || type === 'patch') return []
    const isDhcp = view.link(dhcpNamespace(networkId), row.name) !== undefined
    if (type === 'internal' && !isDhcp) return []
    return [{ view, row, portId, macAddress, networkId, kind: isDhcp ? 'dhcp' : 'vm' } as const]
  })
}

function hostOf(view: HostView, networks: readonly Network[], plugged: readonly PluggedPort[]): Host {
  const { hostId, facts } = view.observation
  return {
    id: hostId,
    name: facts.hostname || hostId,
    roles: ['compute'],
    availabilityZone: '',
    agentKind: 'openvswitch',
    datapathType: view.bridge(INTEGRATION_BRIDGE)?.datapathType === 'netdev' ? 'netdev' : 'system',
    virtType: 'auto',
    isAgentAccepted: false,
    adoptedHostIds: [],
    hasKvm: view.observation.facts.kvm === 'usable',
    isPrepared: false,
    isReadOnly: true,
    hasRestoreUnit: false,
    tunnel: view.bridge(TUNNEL_BRIDGE) ? tunnelOf(view) : null,
    bridgeMappings: mappingsOf(view, networks, plugged),
    dvrMac: '',
  }
}

/** `physical_network` is the text "None" for tunnels. */
function networkOf({ view, row, networkId, kind }: PluggedPort): Network {
  const { network_type: type, physical_network: physical, segmentation_id: segmentation } = row.otherConfig
  const netns = kind === 'dhcp' ? dhcpNamespace(networkId) : ''
  return {
    id: networkId,
    projectId: '',
    name: networkId.slice(0, 8),
    type: isNetworkType(type) ? type : 'vxlan',
    physicalNetworkId: physical && physical !== 'None' ? physical : null,
    segmentationId: segmentation === undefined ? null : Number(segmentation),
    mtu: view.link(netns, row.name)?.mtu ?? 1500,
    isAdminStateUp: true,
  }
}

const isNetworkType = (text: string | undefined): text is NetworkType => text === 'flat' || text === 'vlan' || text === 'vxlan'

const physicalNetworkOf = ({ physicalNetworkId, mtu }: Network) =>
  physicalNetworkId === null ? [] : [{ id: physicalNetworkId, name: physicalNetworkId, mtu, vlanRanges: [] }]

function portOf(plugged: PluggedPort): Port {
  const { view, portId, macAddress, networkId, kind, row } = plugged
  return {
    id: portId,
    networkId,
    name: row.name,
    macAddress,
    fixedIps: addressesOf(plugged).map((ipAddress) => ({ subnetId: '', ipAddress })),
    hostId: view.observation.hostId,
    deviceOwner: kind === 'dhcp' ? 'network:dhcp' : 'compute:nova',
    deviceId: kind === 'dhcp' ? networkId : vmIdOf(row),
    isAdminStateUp: true,
    isPortSecurityEnabled: view.flowsOf(INTEGRATION_BRIDGE).some(({ table, match }) => table === 25 && isFrom(match, row.name)),
  }
}

/** nova writes vm-uuid, libvirt vm-id (reference §5 step 4). */
const vmIdOf = ({ interface: { externalIds } }: OvsPort) => externalIds['vm-uuid'] ?? externalIds['vm-id'] ?? ''

const isFrom = (match: string, device: string) => match.split(',').includes(`in_port=${device}`)

/** Anti-spoofing in table 24 names the addresses of a VM's port; a namespace port simply has its own. */
function addressesOf({ view, row, kind, networkId }: PluggedPort): string[] {
  if (kind === 'dhcp') {
    const own = view.observation.state.addresses.filter(({ netns, link }) => netns === dhcpNamespace(networkId) && link === row.name)
    return own.map(({ cidr }) => cidr.split('/')[0] ?? '').filter((address) => address.includes('.'))
  }
  const spoofing = view.flowsOf(INTEGRATION_BRIDGE).filter(({ table, match }) => table === 24 && isFrom(match, row.name))
  return spoofing.flatMap(({ match }) => /(?:^|,)arp_spa=([\d.]+)(?:,|$)/.exec(match)?.[1] ?? [])
}

function vmOf({ view, row, kind }: PluggedPort, all: readonly PluggedPort[]): Vm[] {
  const id = vmIdOf(row)
  if (kind !== 'vm' || id === '') return []
  const portIds = all.filter((each) => each.kind === 'vm' && vmIdOf(each.row) === id).map(({ portId }) => portId)
  const domain = view.domain(id)
  const boot = domain?.boot ?? ({ kind: 'disk', path: '', format: 'raw' } as const)
  const virtType = domain?.virtType === 'kvm' ? 'kvm' : 'qemu'
  const { memoryMib, vcpus } = domain ?? { memoryMib: 0, vcpus: 0 }
  return [{ id, projectId: '', name: domain?.name ?? id.slice(0, 8), hostId: view.observation.hostId, memoryMib, vcpus, virtType, boot, portIds }]
}

const localVlanOf = ({ view, row, networkId }: PluggedPort): LocalVlan[] =>
  row.tag === null ? [] : [{ hostId: view.observation.hostId, networkId, vlan: row.tag }]

function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse()
}
