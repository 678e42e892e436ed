// Look-ups over the design that the tables and the inspector need. Pure.

import { groupBy } from '@/server/core/group-by'
import { designObjects, kindNames } from '@/server/core/topology/kinds/kinds'
import type { DesignObject } from '@/server/core/topology/kinds/kind'
import type { ChangeAction, ObjectChange } from '@/server/core/plan/change'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Project } from '@/server/core/topology/kinds/project/project'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { SubPort, Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { ObjectOf, Topology } from '@/server/core/topology/topology'

/** What the inspectors show. A host has a page of its own. */
export type ShownObject = Exclude<DesignObject, { readonly kind: 'host' }>

/** A subport, from its port's side. */
export interface TrunkMember {
  readonly trunk: Trunk
  readonly subPort: SubPort
}

export interface TopologyIndex {
  readonly topology: Topology
  readonly objects: ReadonlyMap<string, ShownObject>
  readonly project: (id: string) => Project | undefined
  readonly host: (id: string | null) => Host | undefined
  readonly network: (id: string) => Network | undefined
  readonly physicalNetwork: (id: string | null) => PhysicalNetwork | undefined
  readonly subnet: (id: string) => Subnet | undefined
  readonly subnetsOf: (networkId: string) => readonly Subnet[]
  readonly port: (id: string) => Port | undefined
  readonly portsOf: (networkId: string) => readonly Port[]
  /** The VM that a port is a NIC of. */
  readonly vmOf: (port: Port) => Vm | undefined
  /** The trunk that a port is the parent of. */
  readonly trunkOf: (portId: string) => Trunk | undefined
  /** The trunk that a port is a subport of. */
  readonly memberOf: (portId: string) => TrunkMember | undefined
  readonly router: (id: string) => ObjectOf['router'] | undefined
  readonly gatewayCluster: (id: string) => ObjectOf['gatewayCluster'] | undefined
  readonly securityGroup: (id: string) => ObjectOf['securityGroup'] | undefined
  readonly securityGroupsOf: (projectId: string) => readonly ObjectOf['securityGroup'][]
  /** What happens to an object since the last applied revision. */
  readonly actionOf: (id: string) => ChangeAction | null
}

export function indexTopology(topology: Topology, changes: readonly ObjectChange[]): TopologyIndex {
  const byId = <T extends { readonly id: string }>(list: readonly T[]) => new Map(list.map((each) => [each.id, each]))
  const projects = byId(topology.projects)
  const hosts = byId(topology.hosts)
  const networks = byId(topology.networks)
  const physicalNetworks = byId(topology.physicalNetworks)
  const subnets = byId(topology.subnets)
  const subnetsByNetwork = groupBy(topology.subnets, (subnet) => subnet.networkId)
  const ports = byId(topology.ports)
  const portsByNetwork = groupBy(topology.ports, (port) => port.networkId)
  const vmByPort = new Map(topology.vms.flatMap((vm) => vm.portIds.map((portId) => [portId, vm] as const)))
  const trunkByParent = new Map(topology.trunks.map((trunk) => [trunk.portId, trunk]))
  const members = new Map(
    topology.trunks.flatMap((trunk) => trunk.subPorts.map((subPort) => [subPort.portId, { trunk, subPort }] as const)),
  )
  const routers = byId(topology.routers)
  const gatewayClusters = byId(topology.gatewayClusters)
  const securityGroups = byId(topology.securityGroups)
  const groupsByProject = groupBy(topology.securityGroups, ({ projectId }) => projectId)
  const actions = new Map(changes.map((change) => [change.id, change.action]))
  return {
    topology,
    objects: listObjects(topology),
    project: (id) => projects.get(id),
    host: (id) => (id === null ? undefined : hosts.get(id)),
    network: (id) => networks.get(id),
    physicalNetwork: (id) => (id === null ? undefined : physicalNetworks.get(id)),
    subnet: (id) => subnets.get(id),
    subnetsOf: (networkId) => subnetsByNetwork.get(networkId) ?? [],
    port: (id) => ports.get(id),
    portsOf: (networkId) => portsByNetwork.get(networkId) ?? [],
    vmOf: (port) => vmByPort.get(port.id),
    trunkOf: (portId) => trunkByParent.get(portId),
    memberOf: (portId) => members.get(portId),
    router: (id) => routers.get(id),
    gatewayCluster: (id) => gatewayClusters.get(id),
    securityGroup: (id) => securityGroups.get(id),
    securityGroupsOf: (projectId) => groupsByProject.get(projectId) ?? [],
    actionOf: (id) => actions.get(id) ?? null,
  }
}

const listObjects = (topology: Topology): Map<string, ShownObject> =>
  new Map(
    kindNames.flatMap((kind) => (kind === 'host' ? [] : designObjects(topology, kind).map((object) => [object.item.id, object] as const))),
  )

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

/** As tables print them: "10.0.0.5", or several. */
export const addressText = (port: Pick<Port, 'fixedIps'>): string => port.fixedIps.map(({ ipAddress }) => ipAddress).join(' ')
