// Projects with their networks, networks with their subnets, as the flat rows of one table; and the filters of all tables.
// Pure.

import { compareNames } from '@/components/ui/compare-naturally'
import { segmentText, type TopologyIndex } from '@/components/lib/topology-index'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { Project } from '@/server/core/topology/kinds/project/project'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { matches } from './matches'

export type NetworkRow =
  | { readonly kind: 'project'; readonly id: string; readonly project: Project; readonly networkCount: number }
  | { readonly kind: 'network'; readonly id: string; readonly network: Network }
  | { readonly kind: 'subnet'; readonly id: string; readonly subnet: Subnet }

/** A network stays when it, its project or one of its subnets matches; then all its subnets stay with it. */
export function networkRows(index: TopologyIndex, filter: string): NetworkRow[] {
  const { topology } = index
  return topology.projects
    .toSorted((a, b) => compareNames(a.name, b.name))
    .flatMap((project) => {
      const networks = topology.networks
        .filter((network) => network.projectId === project.id)
        .toSorted((a, b) => compareNames(a.name, b.name))
      const isWhole = matches(filter, [project.name, project.id])
      const kept = networks.filter((network) => isWhole || matches(filter, networkWords(index, network)))
      if (!isWhole && kept.length === 0) return []
      const head: NetworkRow = { kind: 'project', id: project.id, project, networkCount: networks.length }
      return [head, ...kept.flatMap((network) => networkWithSubnets(index, network))]
    })
}

function networkWithSubnets(index: TopologyIndex, network: Network): NetworkRow[] {
  const subnets = index.subnetsOf(network.id).map((subnet) => ({ kind: 'subnet' as const, id: subnet.id, subnet }))
  return [{ kind: 'network', id: network.id, network }, ...subnets]
}

function networkWords(index: TopologyIndex, network: Network): string[] {
  const subnets = index.subnetsOf(network.id).flatMap((subnet) => [subnet.id, subnet.name, subnet.cidr])
  return [network.id, network.name, network.type, segmentText(index, network), ...(network.isExternal ? ['external'] : []), ...subnets]
}

export const filterPorts = (index: TopologyIndex, filter: string): readonly Port[] =>
  index.topology.ports
    .filter((port) =>
      matches(filter, [
        port.id,
        labelPort(index.topology, port),
        port.macAddress,
        ...port.fixedIps.map(({ ipAddress }) => ipAddress),
        index.network(port.networkId)?.name ?? '',
        index.host(port.hostId)?.name ?? '',
      ]),
    )
    .toSorted((a, b) => compareNames(labelPort(index.topology, a), labelPort(index.topology, b)))

export const filterVms = (index: TopologyIndex, filter: string): readonly Vm[] =>
  index.topology.vms
    .filter((vm) => matches(filter, [vm.id, vm.name, index.host(vm.hostId)?.name ?? '', index.project(vm.projectId)?.name ?? '']))
    .toSorted((a, b) => compareNames(a.name, b.name))

export const filterPhysicalNetworks = (index: TopologyIndex, filter: string): readonly PhysicalNetwork[] =>
  index.topology.physicalNetworks.filter((each) => matches(filter, [each.id, each.name]))
