// What hangs together with an object of the design, both ways: up to what holds it, down to what it holds. Pure.

import { routes, type NetworksTab } from '@/components/lib/routes'
import { groupBy } from '@/server/core/group-by'
import { portLabel, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'

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
const network: Finder = (index, id) => {
  const found = index.network(id)
  return found ? [inNetworks('Network', id, found.name, found.type)] : []
}
const subnetsOf: Finder = (index, id) =>
  index.subnetsOf(id).map((each) => inNetworks('Subnets', each.id, each.name || 'subnet', each.cidr))
const portsOf: Finder = (index, id) =>
  index
    .portsOf(id)
    .map((each) =>
      inNetworks('Ports', each.id, portLabel(index, each), each.fixedIps.map(({ ipAddress }) => ipAddress).join(' '), 'ports'),
    )

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
    case 'port': {
      const vm = index.vmOf(object.port)
      return [
        ...(vm ? [inNetworks('VM', vm.id, vm.name, '', 'vms')] : []),
        ...network(index, object.port.networkId),
        ...(object.port.hostId === null ? [] : host(index, object.port.hostId)),
      ]
    }
    case 'vm':
      return [
        ...host(index, object.vm.hostId),
        ...project(index, object.vm.projectId),
        ...object.vm.portIds.flatMap((id) => {
          const port = index.objects.get(id)
          return port?.kind === 'port'
            ? [
                inNetworks(
                  'Ports',
                  id,
                  portLabel(index, port.port),
                  port.port.fixedIps.map(({ ipAddress }) => ipAddress).join(' '),
                  'ports',
                ),
              ]
            : []
        }),
      ]
  }
}

function hasAddressFrom(index: TopologyIndex, portId: string, subnetId: string): boolean {
  const port = index.objects.get(portId)
  return port?.kind === 'port' && port.port.fixedIps.some((fixedIp) => fixedIp.subnetId === subnetId)
}

export const relatedGroups = (index: TopologyIndex, object: DesignObject): Map<string, RelatedObject[]> =>
  groupBy(relatedObjects(index, object), ({ group }) => group)
