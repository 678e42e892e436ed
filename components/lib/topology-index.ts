// Look-ups over the design that the tables and the inspector need. Pure.

import { groupBy } from '@/server/core/group-by'
import type { ChangeAction, ObjectChange } from '@/server/core/plan/change'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Project } from '@/server/core/topology/kinds/project/project'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { SubPort, Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'

export type DesignObject =
  | { readonly kind: 'project'; readonly project: Project }
  | { readonly kind: 'physicalNetwork'; readonly physicalNetwork: PhysicalNetwork }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  | { readonly kind: 'port'; readonly port: Port }
  | { readonly kind: 'vm'; readonly vm: Vm }
  | { readonly kind: 'trunk'; readonly trunk: Trunk }

/** A subport, from its port's side. */
export interface TrunkMember {
  readonly trunk: Trunk
  readonly subPort: SubPort
}

export interface TopologyIndex {
  readonly topology: Topology
  readonly objects: ReadonlyMap<string, DesignObject>
  readonly project: (id: string) => Project | undefined
  readonly host: (id: string | null) => Host | undefined
  readonly network: (id: string) => Network | undefined
  readonly physicalNetwork: (id: string | null) => PhysicalNetwork | undefined
  readonly subnetsOf: (networkId: string) => readonly Subnet[]
  readonly port: (id: string) => Port | undefined
  readonly portsOf: (networkId: string) => readonly Port[]
  /** The VM that a port is a NIC of. */
  readonly vmOf: (port: Port) => Vm | undefined
  /** The trunk that a port is the parent of. */
  readonly trunkOf: (portId: string) => Trunk | undefined
  /** The trunk that a port is a subport of. */
  readonly memberOf: (portId: string) => TrunkMember | undefined
  /** What happens to an object since the last applied revision. */
  readonly actionOf: (id: string) => ChangeAction | null
}

export function indexTopology(topology: Topology, changes: readonly ObjectChange[]): TopologyIndex {
  const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((each) => [each.id, each]))
  const projects = byId(topology.projects)
  const hosts = byId(topology.hosts)
  const networks = byId(topology.networks)
  const physicalNetworks = byId(topology.physicalNetworks)
  const subnets = groupBy(topology.subnets, (subnet) => subnet.networkId)
  const ports = byId(topology.ports)
  const portsByNetwork = groupBy(topology.ports, (port) => port.networkId)
  const vmByPort = new Map(topology.vms.flatMap((vm) => vm.portIds.map((portId) => [portId, vm] as const)))
  const trunkByParent = new Map(topology.trunks.map((trunk) => [trunk.portId, trunk]))
  const members = new Map(topology.trunks.flatMap((trunk) => trunk.subPorts.map((subPort) => [subPort.portId, { trunk, subPort }] as const)))
  const actions = new Map(changes.map((change) => [change.id, change.action]))
  return {
    topology,
    objects: listObjects(topology),
    project: (id) => projects.get(id),
    host: (id) => (id === null ? undefined : hosts.get(id)),
    network: (id) => networks.get(id),
    physicalNetwork: (id) => (id === null ? undefined : physicalNetworks.get(id)),
    subnetsOf: (networkId) => subnets.get(networkId) ?? [],
    port: (id) => ports.get(id),
    portsOf: (networkId) => portsByNetwork.get(networkId) ?? [],
    vmOf: (port) => vmByPort.get(port.id),
    trunkOf: (portId) => trunkByParent.get(portId),
    memberOf: (portId) => members.get(portId),
    actionOf: (id) => actions.get(id) ?? null,
  }
}

function listObjects(topology: Topology): Map<string, DesignObject> {
  return new Map<string, DesignObject>([
    ...topology.projects.map((project) => [project.id, { kind: 'project', project }] as const),
    ...topology.physicalNetworks.map(
      (physicalNetwork) => [physicalNetwork.id, { kind: 'physicalNetwork', physicalNetwork }] as const,
    ),
    ...topology.networks.map((network) => [network.id, { kind: 'network', network }] as const),
    ...topology.subnets.map((subnet) => [subnet.id, { kind: 'subnet', subnet }] as const),
    ...topology.ports.map((port) => [port.id, { kind: 'port', port }] as const),
    ...topology.vms.map((vm) => [vm.id, { kind: 'vm', vm }] as const),
    ...topology.trunks.map((trunk) => [trunk.id, { kind: 'trunk', trunk }] as const),
  ])
}

/** "VNI 100", "VLAN 101 on physnet1", "untagged on physnet1". */
export function segmentText(index: TopologyIndex, network: Network): string {
  const physical = index.physicalNetwork(network.physicalNetworkId)?.name
  switch (network.type) {
    case 'vxlan':
      return `VNI ${network.segmentationId}`
    case 'vlan':
      return `VLAN ${network.segmentationId} on ${physical}`
    case 'flat':
      return `untagged on ${physical}`
  }
}

/** What people call a port: its name, or its VM's NIC (eth0, or eth0.101 for a subport), or what it is for. */
export function portLabel(index: TopologyIndex, port: Port): string {
  if (port.name !== '') return port.name
  if (port.deviceOwner === 'network:dhcp') return `DHCP of ${index.network(port.networkId)?.name ?? 'its network'}`
  const member = index.memberOf(port.id)
  const nic = nicOf(index, member?.trunk.portId ?? port.id)
  if (nic) return member ? `${nic}.${member.subPort.segmentationId}` : nic
  return member ? `VLAN ${member.subPort.segmentationId} of ${trunkLabel(index, member.trunk)}` : port.id.slice(0, 8)
}

/** "web-1 eth0"; null for a port that no VM uses. */
function nicOf(index: TopologyIndex, portId: string): string | null {
  const port = index.port(portId)
  const vm = port && index.vmOf(port)
  return vm ? `${vm.name} eth${vm.portIds.indexOf(portId)}` : null
}

export function trunkLabel(index: TopologyIndex, trunk: Trunk): string {
  if (trunk.name !== '') return trunk.name
  const parent = index.port(trunk.portId)
  return parent ? `trunk of ${portLabel(index, parent)}` : trunk.id.slice(0, 8)
}

/** As tables print them: "10.0.0.5", or several. */
export const addressText = (port: Pick<Port, 'fixedIps'>): string => port.fixedIps.map(({ ipAddress }) => ipAddress).join(' ')

export function objectName(index: TopologyIndex, object: DesignObject): string {
  switch (object.kind) {
    case 'project':
      return object.project.name
    case 'physicalNetwork':
      return object.physicalNetwork.name
    case 'network':
      return object.network.name
    case 'subnet':
      return object.subnet.name || object.subnet.cidr
    case 'port':
      return portLabel(index, object.port)
    case 'vm':
      return object.vm.name
    case 'trunk':
      return trunkLabel(index, object.trunk)
  }
}
