// The part of a design that one host is compiled from: itself, the networks with a port on it, all that these have, whoever else has a
// port of them, and what runs here. Compile sees nothing else, so while the part is the same the host is the same, and an edit
// costs the compile of the hosts that it concerns. Every host is asked whether it is one of them: what all hosts in a network have of it
// is put together, and compared with what they had, once.

import { groupBy } from '../group-by'
import { invariant } from '../invariant'
import { oncePer } from '../once-per'
import { emptyTopology } from '../topology/complete-topology'
import { findById, findInOrder } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import { isMemberPort } from '../topology/gateway-clusters'
import { type Member, translatedBy } from '../topology/gateway-records'
import { isFiltered } from '../topology/kinds/port/port-security'
import type { Port } from '../topology/kinds/port/port'
import type { SecurityGroup } from '../topology/kinds/security-group/security-group'
import { localVlansOn, portsInGroup, subnetsOfNetwork, vmsOnHost } from '../topology/lookup'
import { presenceOf } from '../topology/presence'
import { isGatewayPort, isRouterPort } from '../topology/router-ports'
import type { Topology } from '../topology/topology'

export interface HostPart extends Pick<
  Topology,
  'physicalNetworks' | 'routers' | 'gatewayClusters' | 'floatingIps' | 'portForwardings' | 'vms' | 'trunks' | 'nestedUplinks' | 'localVlans'
> {
  readonly host: Host
  readonly shares: readonly NetworkShare[]
  readonly groups: readonly GroupShare[]
  /** Gateway clusters that the host is a member of. */
  readonly members: readonly Member[]
  /** Of the whole design. */
  readonly allHosts: Topology['hosts']
}

/** A network as every host in it sees it. */
export interface NetworkShare extends Pick<Topology, 'hosts' | 'subnets' | 'ports'> {
  readonly network: Network
}

/** A security group as every host sees it that has to do with it. */
export interface GroupShare {
  readonly group: SecurityGroup
  /** Ports in it, wherever they are; none while no rule on any host names it as the other end. */
  readonly members: readonly Port[]
}

export function hostPart(topology: Topology, host: Host): HostPart {
  const { id } = host
  const presence = presenceOf(topology)
  return {
    host,
    physicalNetworks: topology.physicalNetworks,
    shares: findInOrder(topology.networks, [...presence.networksOn(id)]).map(shareIn(topology)),
    groups: groupsOn(topology, presence.portsOn(id)).map(groupIn(topology)),
    members: presence.portsOn(id).filter(isMemberPort).map(memberIn(topology)),
    ...routingOn(topology, presence.portsOn(id)),
    vms: vmsOnHost(topology.vms, id),
    trunks: trunksByHost(topology).get(id) ?? [],
    nestedUplinks: uplinksByHost(topology).get(id) ?? [],
    localVlans: localVlansOn(topology.localVlans, id),
    allHosts: topology.hosts,
  }
}

/** What compile sees. */
export function topologyOf(part: HostPart): Topology {
  const { physicalNetworks, shares, groups, routers, gatewayClusters, floatingIps, portForwardings } = part
  const { vms, trunks, nestedUplinks, localVlans } = part
  return {
    ...emptyTopology,
    hosts: hostsOf(part),
    physicalNetworks,
    networks: shares.map(({ network }) => network),
    subnets: shares.flatMap(({ subnets }) => subnets),
    ports: portsOf(part),
    securityGroups: groups.map(({ group }) => group),
    routers,
    gatewayClusters,
    floatingIps,
    portForwardings,
    vms,
    trunks,
    nestedUplinks,
    localVlans,
  }
}

/** Those of the networks here, and whoever else is meant by a rule: an address, no port that is on this host. */
function portsOf({ shares, groups }: HostPart): readonly Port[] {
  const here = shares.flatMap(({ ports }) => ports)
  const known = new Set(here)
  const others = new Set(groups.flatMap(({ members }) => members.filter((port) => !known.has(port))))
  return [...here, ...others]
}

const hostsOf = ({ host, shares, allHosts }: HostPart): readonly Host[] =>
  findInOrder(allHosts, [...new Set([host.id, ...shares.flatMap(({ hosts }) => hosts.map(({ id }) => id))])])

/** Object by object the same ones: an edit leaves alone what it does not touch. */
export const isSamePart = (left: HostPart, right: HostPart): boolean =>
  left.host === right.host &&
  isSameList(left.shares, right.shares) &&
  isSameList(left.groups, right.groups) &&
  isSameList(left.members, right.members) &&
  isSameList(left.physicalNetworks, right.physicalNetworks) &&
  isSameList(left.routers, right.routers) &&
  isSameList(left.gatewayClusters, right.gatewayClusters) &&
  isSameList(left.floatingIps, right.floatingIps) &&
  isSameList(left.portForwardings, right.portForwardings) &&
  isSameList(left.vms, right.vms) &&
  isSameList(left.trunks, right.trunks) &&
  isSameList(left.nestedUplinks, right.nestedUplinks) &&
  isSameList(left.localVlans, right.localVlans) &&
  // Those in the shares are the same; their order is that of the design.
  (left.allHosts === right.allHosts || isSameList(hostsOf(left), hostsOf(right)))

export const isSameList = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left === right || (left.length === right.length && left.every((item, index) => item === right[index]))

const shareIn = oncePer((topology: Topology) => {
  const known = new Map<Network, NetworkShare>()
  return (network: Network): NetworkShare => {
    const share = known.get(network) ?? findShare(topology, network)
    known.set(network, share)
    lastShare.set(network, share)
    return share
  }
})

/** That was asked for last, of each network: the same while nothing of it changes. */
const lastShare = new WeakMap<Network, NetworkShare>()

function findShare(topology: Topology, network: Network): NetworkShare {
  const { hostsOfNetwork, portsOfNetwork } = presenceOf(topology)
  const share = {
    network,
    hosts: hostsOfNetwork(network.id),
    subnets: subnetsOfNetwork(topology.subnets, network.id),
    ports: portsOfNetwork(network.id),
  }
  const before = lastShare.get(network)
  return before && isSameShare(before, share) ? before : share
}

const isSameShare = (left: NetworkShare, right: NetworkShare): boolean =>
  isSameList(left.ports, right.ports) && isSameList(left.subnets, right.subnets) && isSameList(left.hosts, right.hosts)

type Routing = Pick<HostPart, 'routers' | 'gatewayClusters' | 'floatingIps' | 'portForwardings'>

function routingOn({ routers, gatewayClusters, floatingIps, portForwardings }: Topology, ports: readonly Port[]): Routing {
  const ids = new Set(ports.flatMap((port) => (isRouterPort(port) ? port.deviceId : [])))
  const here = findInOrder(routers, [...ids])
  const own = floatingIps.filter(({ routerId }) => routerId !== null && ids.has(routerId))
  // Ports are forwarded where the gateway is.
  const leadingOut = new Set(ports.flatMap((port) => (isGatewayPort(port) ? port.deviceId : [])))
  const forwarding = new Set(own.flatMap(({ id, routerId }) => (routerId !== null && leadingOut.has(routerId) ? id : [])))
  return {
    routers: here,
    gatewayClusters: findInOrder(gatewayClusters, [...new Set(here.flatMap(({ gatewayClusterId }) => gatewayClusterId ?? []))]),
    floatingIps: own,
    portForwardings: portForwardings.filter(({ floatingIpId }) => forwarding.has(floatingIpId)),
  }
}

/** Groups that ports there are in, and those that rules of these name. */
function groupsOn({ securityGroups }: Topology, ports: readonly Port[]): readonly SecurityGroup[] {
  const ids = new Set(ports.flatMap((port) => (isFiltered(port) ? (port.securityGroupIds ?? []) : [])))
  const groups = findInOrder(securityGroups, [...ids])
  return findInOrder(securityGroups, [...new Set([...ids, ...groups.flatMap(remotesOf)])])
}

const remotesOf = ({ rules }: SecurityGroup): readonly string[] => rules.flatMap(({ remoteGroupId }) => remoteGroupId ?? [])

const groupIn = oncePer((topology: Topology) => {
  const named = new Set(topology.securityGroups.flatMap(remotesOf))
  const known = new Map<SecurityGroup, GroupShare>()
  return (group: SecurityGroup): GroupShare => {
    const members = named.has(group.id) ? portsInGroup(topology.ports, group.id) : []
    const before = known.get(group) ?? lastGroup.get(group)
    const share = before && isSameList(before.members, members) ? before : { group, members }
    known.set(group, share)
    lastGroup.set(group, share)
    return share
  }
})

const lastGroup = new WeakMap<SecurityGroup, GroupShare>()

/** All members of a cluster know the same. */
const memberIn = oncePer((topology: Topology) => {
  const known = new Map<string, Pick<Member, 'cluster' | 'translated'>>()
  return (port: Port): Member => {
    const cluster = findById(topology.gatewayClusters, port.deviceId)
    invariant(cluster, `no gateway cluster ${port.deviceId}`)
    const common = known.get(cluster.id) ?? { cluster, translated: translatedBy(topology, cluster) }
    known.set(cluster.id, common)
    const before = lastMember.get(port)
    const member = before?.cluster === cluster && isSameText(before.translated, common.translated) ? before : { port, ...common }
    lastMember.set(port, member)
    return member
  }
})

const lastMember = new WeakMap<Port, Member>()

const isSameText = (left: readonly object[], right: readonly object[]): boolean =>
  left === right || JSON.stringify(left) === JSON.stringify(right)

const trunksByHost = oncePer(({ trunks, ports }: Topology) => groupBy(trunks, ({ portId }) => findById(ports, portId)?.hostId))
const uplinksByHost = oncePer(({ nestedUplinks, vms }: Topology) => groupBy(nestedUplinks, ({ vmId }) => findById(vms, vmId)?.hostId))
