// From a VM, a port or a network of the design to the paths worth looking at: pairs of ports that share a network. Pure.

import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { isFloatingPort } from '@/server/core/topology/floating-ips'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'

export interface PathPair {
  readonly from: string
  readonly to: string
  readonly label: string
}

const LIMIT = 8
/** Hundreds of subports are not worth comparing for eight links. */
const STARTS = 24

export function pathPairs(index: TopologyIndex, object: ShownObject): readonly PathPair[] {
  const pairs = startsOf(index, object)
    .slice(0, STARTS)
    .flatMap((from) => pairsFrom(index, from))
  const unique = pairs.filter(
    (pair, at) =>
      pairs.findIndex((other) => other.from === pair.to && other.to === pair.from) === -1 ||
      pairs.findIndex((other) => other.from === pair.to && other.to === pair.from) > at,
  )
  return unique.slice(0, LIMIT)
}

const isEnd = (port: Port): boolean => port.hostId !== null && port.deviceOwner !== '' && !isFloatingPort(port)

function startsOf(index: TopologyIndex, object: ShownObject): readonly Port[] {
  switch (object.kind) {
    case 'port':
      return [object.item].filter(isEnd)
    case 'vm':
      return portsOf(
        index,
        object.item.portIds.flatMap((id) => [id, ...(index.trunkOf(id)?.subPorts.map(({ portId }) => portId) ?? [])]),
      )
    case 'trunk':
      return portsOf(index, [object.item.portId, ...object.item.subPorts.map(({ portId }) => portId)])
    case 'network':
      return index
        .portsOf(object.item.id)
        .filter((port) => isEnd(port) && port.deviceOwner !== 'network:dhcp')
        .slice(0, LIMIT)
    default:
      return []
  }
}

const portsOf = (index: TopologyIndex, ids: readonly string[]): readonly Port[] => ids.flatMap((id) => index.port(id) ?? []).filter(isEnd)

function pairsFrom(index: TopologyIndex, from: Port): readonly PathPair[] {
  return index
    .portsOf(from.networkId)
    .filter((to) => to.id !== from.id && isEnd(to))
    .map((to) => ({ from: from.id, to: to.id, label: `${labelPort(index.topology, from)} → ${labelPort(index.topology, to)}` }))
}
