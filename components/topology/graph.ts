// Design and pending changes → what the logical view draws: hosts as groups with their VMs, DHCP servers and gateways, networks with
// their subnets, routers between them, one edge per port. What will be removed is taken from the last applied revision and drawn as a ghost.
// Pure; places are elk-graph.ts' business.

import { compareNames } from '@/components/ui/compare-naturally'
import type { TopologySnapshot } from '@/server/core/api-types'
import { groupBy } from '@/server/core/group-by'
import type { ObjectChange } from '@/server/core/plan/change'
import { isMemberPort } from '@/server/core/topology/gateway-clusters'
import type { FloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import type { Topology } from '@/server/core/topology/topology'

import type { GraphEndpoint, GraphHost, GraphNetwork, GraphSubnet, Mark, TopologyGraph } from './graph-parts'
import { countFloatingIps, floatingIpsByPort } from './graph-floating-ips'
import { graphRouter } from './graph-routers'
import { graphPort, vmPorts, type PortIndex } from './vm-ports'

/** Whether anything is drawn that only the last applied revision has. */
export const showsGhosts = ({ revision, changes }: Pick<TopologySnapshot, 'revision' | 'changes'>): boolean =>
  revision > 0 && changes.some((change) => change.action === 'remove')

type MarkOf = (id: string) => Mark

/** `applied` is the last applied revision; without it there are no ghosts. */
export function deriveGraph(designed: Topology, changes: readonly ObjectChange[], applied: Topology | null): TopologyGraph {
  const topology = applied === null ? designed : withRemoved(designed, applied, changes)
  const marks = new Map(changes.map((change) => [change.id, change.action]))
  const markOf = (id: string): Mark => marks.get(id) ?? null
  const index = indexPorts(topology, markOf)
  return {
    hosts: [...topology.hosts].sort(byName).map((host) => graphHost(topology, index, host, markOf)),
    networks: [...topology.networks].sort(byName).map((network) => graphNetwork(topology, index, network, markOf)),
    routers: [...topology.routers].sort(byName).map((router) => graphRouter(topology, router, markOf)),
  }
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => compareNames(a.name, b.name)

/** The design with what it no longer has, as it was last applied. */
function withRemoved(designed: Topology, applied: Topology, changes: readonly ObjectChange[]): Topology {
  const removed = new Set(changes.filter((change) => change.action === 'remove').map((change) => change.id))
  const ghosts = <T extends { readonly id: string }>(now: readonly T[], before: readonly T[]) => [
    ...now,
    ...before.filter((each) => removed.has(each.id) && !now.some((kept) => kept.id === each.id)),
  ]
  return {
    ...designed,
    hosts: ghosts(designed.hosts, applied.hosts),
    networks: ghosts(designed.networks, applied.networks),
    subnets: ghosts(designed.subnets, applied.subnets),
    ports: ghosts(designed.ports, applied.ports),
    vms: ghosts(designed.vms, applied.vms),
    trunks: ghosts(designed.trunks, applied.trunks),
    routers: ghosts(designed.routers, applied.routers),
    gatewayClusters: ghosts(designed.gatewayClusters, applied.gatewayClusters),
    floatingIps: ghosts(designed.floatingIps, applied.floatingIps),
  }
}

interface GraphIndex extends PortIndex {
  readonly countByNetwork: ReadonlyMap<string, number>
  readonly floatingIpsByNetwork: ReadonlyMap<string, readonly FloatingIp[]>
}

function indexPorts(topology: Topology, markOf: MarkOf): GraphIndex {
  const { ports, trunks, floatingIps } = topology
  const countByNetwork = new Map<string, number>()
  for (const port of ports) countByNetwork.set(port.networkId, (countByNetwork.get(port.networkId) ?? 0) + 1)
  return {
    byId: new Map(ports.map((port) => [port.id, port])),
    trunkByParent: new Map(trunks.map((trunk) => [trunk.portId, trunk])),
    countByNetwork,
    floatingIpsByPort: floatingIpsByPort(topology, markOf),
    floatingIpsByNetwork: groupBy(floatingIps, ({ networkId }) => networkId),
  }
}

function graphHost(topology: Topology, index: PortIndex, host: Host, markOf: MarkOf): GraphHost {
  const vms = topology.vms.filter((vm) => vm.hostId === host.id).sort(byName)
  const here = topology.ports.filter((port) => port.hostId === host.id)
  const servers = here.filter((port) => port.deviceOwner === 'network:dhcp')
  return {
    id: host.id,
    name: host.name,
    roles: host.roles,
    isPrepared: host.isPrepared,
    isReadOnly: host.isReadOnly,
    endpoints: [
      ...vms.map((vm) => graphVm(topology, index, vm, markOf)),
      ...servers.map((port) => graphDhcp(topology, port, markOf)).sort(byName),
      ...here.filter(isMemberPort).map((port) => graphMember(topology, port, markOf)),
    ],
    mark: markOf(host.id),
  }
}

const graphVm = (topology: Topology, index: PortIndex, vm: Vm, markOf: MarkOf): GraphEndpoint => ({
  id: vm.id,
  kind: 'vm',
  name: vm.name,
  hostId: vm.hostId,
  ports: vmPorts(index, vm, markOf),
  nesting: nestingOf(topology, vm),
  mark: markOf(vm.id),
})

/** "host in1, nested uplink to physnet1" */
function nestingOf({ hosts, nestedUplinks, physicalNetworks }: Topology, vm: Vm): string | null {
  const host = hosts.find((each) => each.vmId === vm.id)
  const wires = nestedUplinks
    .filter((uplink) => uplink.vmId === vm.id)
    .map(({ physicalNetworkId }) => physicalNetworks.find(({ id }) => id === physicalNetworkId)?.name ?? '?')
  const words = [...(host ? [`host ${host.name}`] : []), ...(wires.length > 0 ? [`nested uplink to ${wires.join(', ')}`] : [])]
  return words.length === 0 ? null : words.join(', ')
}

function graphDhcp(topology: Topology, port: Port, markOf: MarkOf): GraphEndpoint {
  const name = topology.networks.find((network) => network.id === port.networkId)?.name ?? ''
  return {
    id: port.id,
    kind: 'dhcp',
    name: `DHCP of ${name}`,
    hostId: port.hostId ?? '',
    ports: [graphPort(port, 'dhcp', markOf)],
    nesting: null,
    mark: markOf(port.id),
  }
}

/** A host as a member of a gateway cluster. */
function graphMember(topology: Topology, port: Port, markOf: MarkOf): GraphEndpoint {
  const cluster = topology.gatewayClusters.find(({ id }) => id === port.deviceId)
  return {
    id: port.id,
    kind: 'gateway',
    name: cluster?.name ?? '',
    hostId: port.hostId ?? '',
    ports: [graphPort(port, 'gw', markOf)],
    nesting: null,
    mark: markOf(port.id),
  }
}

function graphNetwork(topology: Topology, index: GraphIndex, network: Network, markOf: MarkOf): GraphNetwork {
  return {
    id: network.id,
    name: network.name,
    segment: segmentOf(topology, network),
    isUp: network.isAdminStateUp,
    isExternal: network.isExternal ?? false,
    subnets: topology.subnets.filter((subnet) => subnet.networkId === network.id).map((subnet) => graphSubnet(subnet, markOf)),
    portCount: index.countByNetwork.get(network.id) ?? 0,
    floatingIps: countFloatingIps(index.floatingIpsByNetwork.get(network.id) ?? [], markOf),
    mark: markOf(network.id),
  }
}

const graphSubnet = (subnet: Subnet, markOf: MarkOf): GraphSubnet => ({
  id: subnet.id,
  cidr: subnet.cidr,
  hasDhcp: subnet.isDhcpEnabled,
  mark: markOf(subnet.id),
})

function segmentOf(topology: Topology, network: Network): string {
  const physical = topology.physicalNetworks.find((each) => each.id === network.physicalNetworkId)?.name ?? ''
  return { vxlan: `VNI ${network.segmentationId}`, vlan: `VLAN ${network.segmentationId} on ${physical}`, flat: `untagged on ${physical}` }[
    network.type
  ]
}
