// What hangs together with an object of the design, both ways: up to what holds it, down to what it holds. Pure.

import type { NetworksTab } from '@/components/lib/kind-places'
import { floatingIpRow } from '@/components/floating-ips/floating-ip-rows'
import { routes } from '@/components/lib/routes'
import { hostsOf, routersIn } from '@/components/routers/router-rows'
import { kindWord } from '@/components/routers/router-words'
import { plural } from '@/server/core/explain/words'
import { groupBy } from '@/server/core/group-by'
import { floatingIpsOf, floatingIpsTo, isFloatingIpPort } from '@/server/core/topology/floating-ips'
import type { FloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip'
import { labelFloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip-label'
import type { Network } from '@/server/core/topology/kinds/network/network'
import { findInOrder } from '@/server/core/topology/find'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelOutside } from '@/server/core/topology/kinds/port-forwarding/port-forwarding-label'
import type { Project } from '@/server/core/topology/kinds/project/project'
import type { Router } from '@/server/core/topology/kinds/router/router'
import type { SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'
import { forwardingsOf, forwardingsTo } from '@/server/core/topology/port-forwardings'
import { interfacesOf, isRouterPort } from '@/server/core/topology/router-ports'
import { addressText, type ShownObject, type TopologyIndex } from '@/components/lib/topology-index'

export interface RelatedObject {
  readonly group: string
  readonly id: string
  readonly name: string
  /** Address, id, state: what tells it from its neighbours. */
  readonly detail: string
  readonly href: string
}

type Finder = (index: TopologyIndex, id: string) => RelatedObject[]

const inNetworks = (group: string, id: string, name: string, detail: string, tab: NetworksTab = 'networks'): RelatedObject => ({
  group,
  id,
  name,
  detail,
  href: routes.networks({ ...(tab !== 'networks' && { tab }), selected: id }),
})

const host: Finder = (index, id) => {
  const found = index.host(id)
  return found ? [{ group: 'Host', id, name: found.name, detail: found.tunnel?.address ?? '', href: routes.host(id) }] : []
}
const project: Finder = (index, id) => {
  const found = index.project(id)
  return found ? [inNetworks('Project', id, found.name, '')] : []
}
const port = (index: TopologyIndex, group: string, found: Port, detail = addressText(found)): RelatedObject =>
  inNetworks(group, found.id, labelPort(index.topology, found), detail, 'ports')
const trunk = (index: TopologyIndex, group: string, found: Trunk): RelatedObject => ({
  group,
  id: found.id,
  name: labelTrunk(index.topology, found),
  detail: plural(found.subPorts.length, 'subport'),
  href: routes.trunk(found.id),
})
const vmOf = (index: TopologyIndex, found: Port | undefined): RelatedObject[] => {
  const vm = found && index.vmOf(found)
  return vm ? [inNetworks('VM', vm.id, vm.name, '', 'vms')] : []
}
/** By guest VLAN. */
const subPortsOf = (index: TopologyIndex, { subPorts }: Trunk): RelatedObject[] =>
  subPorts.flatMap(({ portId, segmentationId }) => {
    const found = index.port(portId)
    return found ? [port(index, 'Subports', found, `VLAN ${segmentationId} ${addressText(found)}`.trim())] : []
  })
/** Upwards from a subport to the trunk and its VM, downwards from a parent to the subports. */
function trunksOf(index: TopologyIndex, found: Port): RelatedObject[] {
  const [own, member] = [index.trunkOf(found.id), index.memberOf(found.id)]
  const parent = member && index.port(member.trunk.portId)
  return [
    ...(own ? [trunk(index, 'Parent of trunk', own), ...subPortsOf(index, own)] : []),
    ...(member ? [trunk(index, 'Subport of trunk', member.trunk), ...vmOf(index, parent)] : []),
    ...(parent ? [port(index, 'Parent port', parent)] : []),
  ]
}
const network: Finder = (index, id) => {
  const found = index.network(id)
  return found ? [inNetworks('Network', id, found.name, found.type)] : []
}
const vmOfId: Finder = (index, id) => index.topology.vms.flatMap((vm) => (vm.id === id ? [inNetworks('VM', id, vm.name, '', 'vms')] : []))
const securityGroup = (group: string, { id, name, rules }: SecurityGroup): RelatedObject => ({
  group,
  id,
  name,
  detail: plural(rules.length, 'rule'),
  href: routes.securityGroup(id),
})
/** By name, as everywhere. */
const securityGroupsOf = ({ topology }: TopologyIndex, { securityGroupIds = [] }: Port): RelatedObject[] =>
  findInOrder(topology.securityGroups, securityGroupIds).map((found) => securityGroup('Security groups', found))
const router = (group: string, found: Router): RelatedObject => ({
  group,
  id: found.id,
  name: found.name,
  detail: kindWord(found),
  href: routes.router(found.id),
})
/** Of a port that is one's interface or gateway. */
const routerOf = (index: TopologyIndex, found: Port): RelatedObject[] => {
  const owner = isRouterPort(found) ? index.router(found.deviceId) : undefined
  return owner ? [router('Router', owner)] : []
}
const floatingIp = (index: TopologyIndex, group: string, found: FloatingIp, detail?: string): RelatedObject => {
  const to = found.fixedPortId === null ? undefined : index.port(found.fixedPortId)
  return {
    group,
    id: found.id,
    name: labelFloatingIp(index.topology, found),
    detail: detail ?? (to ? labelPort(index.topology, to) : leadsNowhere(index, found)),
    href: routes.floatingIps({ selected: found.id }),
  }
}
const leadsNowhere = ({ topology }: TopologyIndex, { id }: FloatingIp): string => {
  const count = forwardingsOf(topology.portForwardings, id).length
  return count === 0 ? 'nobody' : plural(count, 'port forwarding')
}
/** By which a port is reached from outside; or that whose own port it is. */
const floatingIpsOfPort = (index: TopologyIndex, found: Port): RelatedObject[] => {
  const { floatingIps } = index.topology
  const own = isFloatingIpPort(found) ? floatingIps.filter(({ id }) => id === found.deviceId) : []
  return [
    ...own.map((each) => floatingIp(index, 'Floating IP', each)),
    ...floatingIpsTo(floatingIps, found.id).map((each) => floatingIp(index, 'Floating IPs', each, each.fixedIpAddress ?? '')),
  ]
}
/** By which single ports of it are reached from outside. */
const forwardingsOfPort = ({ topology }: TopologyIndex, { id }: Port): RelatedObject[] =>
  forwardingsTo(topology.portForwardings, id).map((each) => ({
    group: 'Port forwardings',
    id: each.id,
    name: `${labelOutside(topology, each)}/${each.protocol}`,
    detail: `${each.internalIpAddress}:${each.internalPort}`,
    href: routes.floatingIps({ selected: each.id }),
  }))
const physicalNetwork: Finder = (index, id) => {
  const found = index.physicalNetwork(id)
  return found ? [inNetworks('Physical network', id, found.name, '', 'physical')] : []
}
const subnetsOf: Finder = (index, id) => index.subnetsOf(id).map((each) => inNetworks('Subnets', each.id, each.name || 'subnet', each.cidr))
const portsOf: Finder = (index, id) => index.portsOf(id).map((each) => port(index, 'Ports', each))

function relatedObjects(index: TopologyIndex, object: ShownObject): RelatedObject[] {
  switch (object.kind) {
    case 'project':
      return inProject(index, object.item)
    case 'physicalNetwork':
      return index.topology.networks
        .filter((each) => each.physicalNetworkId === object.item.id)
        .map((each) => inNetworks('Networks', each.id, each.name, String(each.segmentationId ?? 'flat')))
    case 'network':
      return atNetwork(index, object.item)
    case 'subnet':
      return [
        ...network(index, object.item.networkId),
        ...portsOf(index, object.item.networkId).filter(({ id }) => hasAddressFrom(index, id, object.item.id)),
      ]
    case 'port':
      return atPort(index, object.item)
    case 'vm':
      return atVm(index, object.item)
    case 'trunk':
      return atTrunk(index, object.item)
    case 'router':
      return atRouter(index, object.item)
    case 'floatingIp':
      return atFloatingIp(index, object.item)
    case 'nestedUplink':
      return [...vmOfId(index, object.item.vmId), ...physicalNetwork(index, object.item.physicalNetworkId)]
    default:
      return []
  }
}

function inProject(index: TopologyIndex, { id }: Project): RelatedObject[] {
  const { networks, vms, routers, floatingIps } = index.topology
  const own = <T extends { readonly projectId: string }>(list: readonly T[]) => list.filter(({ projectId }) => projectId === id)
  return [
    ...own(networks).map((each) => inNetworks('Networks', each.id, each.name, each.type)),
    ...own(vms).map((each) => inNetworks('VMs', each.id, each.name, index.host(each.hostId)?.name ?? '', 'vms')),
    ...own(routers).map((each) => router('Routers', each)),
    ...own(floatingIps).map((each) => floatingIp(index, 'Floating IPs', each)),
    ...index.securityGroupsOf(id).map((each) => securityGroup('Security groups', each)),
  ]
}

const atNetwork = (index: TopologyIndex, { id, projectId }: Network): RelatedObject[] => [
  ...project(index, projectId),
  ...subnetsOf(index, id),
  ...routersIn(index, id).map((each) => router('Routers', each)),
  ...index.topology.floatingIps.filter(({ networkId }) => networkId === id).map((each) => floatingIp(index, 'Floating IPs', each)),
  ...portsOf(index, id),
]

const atPort = (index: TopologyIndex, found: Port): RelatedObject[] => [
  ...vmOf(index, found),
  ...routerOf(index, found),
  ...floatingIpsOfPort(index, found),
  ...forwardingsOfPort(index, found),
  ...trunksOf(index, found),
  ...securityGroupsOf(index, found),
  ...network(index, found.networkId),
  ...(found.hostId === null ? [] : host(index, found.hostId)),
]

function atVm(index: TopologyIndex, { portIds, hostId, projectId }: Vm): RelatedObject[] {
  const ports = portIds.flatMap((id) => index.port(id) ?? [])
  const trunks = ports.flatMap(({ id }) => index.trunkOf(id) ?? [])
  return [
    ...host(index, hostId),
    ...project(index, projectId),
    ...ports.map((each) => port(index, 'Ports', each)),
    ...ports.flatMap((each) => floatingIpsOfPort(index, each)),
    ...ports.flatMap((each) => forwardingsOfPort(index, each)),
    ...trunks.map((each) => trunk(index, 'Trunks', each)),
    ...trunks.flatMap((each) => subPortsOf(index, each)),
  ]
}

function atTrunk(index: TopologyIndex, found: Trunk): RelatedObject[] {
  const parent = index.port(found.portId)
  return [
    ...vmOf(index, parent),
    ...(parent ? [port(index, 'Parent port', parent)] : []),
    ...project(index, found.projectId),
    ...subPortsOf(index, found),
  ]
}

function atRouter(index: TopologyIndex, found: Router): RelatedObject[] {
  const { ports, floatingIps } = index.topology
  const leadsOut = found.gateway && index.port(found.gateway.portId)
  return [
    ...hostsOf(index, found).flatMap((each) => host(index, each.id)),
    ...project(index, found.projectId),
    ...(leadsOut ? [port(index, 'Gateway', leadsOut)] : []),
    ...interfacesOf(ports, found.id).map((each) => port(index, 'Interfaces', each)),
    ...floatingIpsOf(floatingIps, found.id).map((each) => floatingIp(index, 'Floating IPs', each)),
  ]
}

function atFloatingIp(index: TopologyIndex, found: FloatingIp): RelatedObject[] {
  const { router: by, fixedPort: to, host: on } = floatingIpRow(index, found)
  const own = index.port(found.portId)
  return [
    ...(to ? [port(index, 'Leads to', to), ...vmOf(index, to)] : []),
    ...(by ? [router('Router', by)] : []),
    ...(on ? host(index, on.id) : []),
    ...network(index, found.networkId),
    ...project(index, found.projectId),
    ...(own ? [port(index, 'Own port', own)] : []),
  ]
}

function hasAddressFrom(index: TopologyIndex, portId: string, subnetId: string): boolean {
  return index.port(portId)?.fixedIps.some((fixedIp) => fixedIp.subnetId === subnetId) === true
}

export const relatedGroups = (index: TopologyIndex, object: ShownObject): Map<string, RelatedObject[]> =>
  groupBy(relatedObjects(index, object), ({ group }) => group)
