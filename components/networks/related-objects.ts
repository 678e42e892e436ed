// What hangs together with an object of the design, both ways: up to what holds it, down to what it holds. Pure.

import { routes, type NetworksTab } from '@/components/lib/routes'
import { plural } from '@/server/core/explain/words'
import { groupBy } from '@/server/core/group-by'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import { addressText, portLabel, trunkLabel, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'

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
  inNetworks(group, found.id, portLabel(index, found), detail, 'ports')
const trunk = (index: TopologyIndex, group: string, found: Trunk): RelatedObject => ({
  group,
  id: found.id,
  name: trunkLabel(index, found),
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
const subnetsOf: Finder = (index, id) =>
  index.subnetsOf(id).map((each) => inNetworks('Subnets', each.id, each.name || 'subnet', each.cidr))
const portsOf: Finder = (index, id) =>
  index.portsOf(id).map((each) => port(index, 'Ports', each))

export function relatedObjects(index: TopologyIndex, object: DesignObject): RelatedObject[] {
  const { networks, vms } = index.topology
  switch (object.kind) {
    case 'project':
      return [
        ...networks
          .filter((each) => each.projectId === object.project.id)
          .map((each) => inNetworks('Networks', each.id, each.name, each.type)),
        ...vms
          .filter((each) => each.projectId === object.project.id)
          .map((each) => inNetworks('VMs', each.id, each.name, index.host(each.hostId)?.name ?? '', 'vms')),
      ]
    case 'physicalNetwork':
      return networks
        .filter((each) => each.physicalNetworkId === object.physicalNetwork.id)
        .map((each) => inNetworks('Networks', each.id, each.name, String(each.segmentationId ?? 'flat')))
    case 'network':
      return [
        ...project(index, object.network.projectId),
        ...subnetsOf(index, object.network.id),
        ...portsOf(index, object.network.id),
      ]
    case 'subnet':
      return [
        ...network(index, object.subnet.networkId),
        ...portsOf(index, object.subnet.networkId).filter(({ id }) => hasAddressFrom(index, id, object.subnet.id)),
      ]
    case 'port':
      return [
        ...vmOf(index, object.port),
        ...trunksOf(index, object.port),
        ...network(index, object.port.networkId),
        ...(object.port.hostId === null ? [] : host(index, object.port.hostId)),
      ]
    case 'vm': {
      const ports = object.vm.portIds.flatMap((id) => index.port(id) ?? [])
      const trunks = ports.flatMap(({ id }) => index.trunkOf(id) ?? [])
      return [
        ...host(index, object.vm.hostId),
        ...project(index, object.vm.projectId),
        ...ports.map((each) => port(index, 'Ports', each)),
        ...trunks.map((each) => trunk(index, 'Trunks', each)),
        ...trunks.flatMap((each) => subPortsOf(index, each)),
      ]
    }
    case 'trunk': {
      const parent = index.port(object.trunk.portId)
      return [
        ...vmOf(index, parent),
        ...(parent ? [port(index, 'Parent port', parent)] : []),
        ...project(index, object.trunk.projectId),
        ...subPortsOf(index, object.trunk),
      ]
    }
  }
}

function hasAddressFrom(index: TopologyIndex, portId: string, subnetId: string): boolean {
  return index.port(portId)?.fixedIps.some((fixedIp) => fixedIp.subnetId === subnetId) === true
}

export const relatedGroups = (index: TopologyIndex, object: DesignObject): Map<string, RelatedObject[]> =>
  groupBy(relatedObjects(index, object), ({ group }) => group)
