// From a VM, a port or a network of the design to the paths worth looking at: pairs of ports that share a network, and pairs across a
// router. Pure.

import type { ShownObject, TopologyIndex } from '@/components/lib/topology-index'
import { isFloatingPort } from '@/server/core/topology/floating-ips'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { presenceOf } from '@/server/core/topology/presence'
import { interfacesOf, isRouterPort } from '@/server/core/topology/router-ports'

export interface PathPair {
  readonly from: string
  readonly to: string
  readonly label: string
}

const LIMIT = 8
/** Of these, where there are more of both. */
const ACROSS = 3
/** Hundreds of subports are not worth comparing for eight links. */
const STARTS = 24

export function pathPairs(index: TopologyIndex, object: ShownObject): readonly PathPair[] {
  if (object.kind === 'router') return pairsAcross(index, object.item.id).slice(0, LIMIT)
  const starts = startsOf(index, object).slice(0, STARTS)
  const across = starts.flatMap((from) => pairsAcrossFrom(index, from)).slice(0, ACROSS)
  return [...pairsWithin(index, starts).slice(0, LIMIT - across.length), ...across]
}

function pairsWithin(index: TopologyIndex, starts: readonly Port[]): readonly PathPair[] {
  const pairs = starts.flatMap((from) => pairsFrom(index, from))
  return pairs.filter(
    (pair, at) =>
      pairs.findIndex((other) => other.from === pair.to && other.to === pair.from) === -1 ||
      pairs.findIndex((other) => other.from === pair.to && other.to === pair.from) > at,
  )
}

/** A router's, too: it stands where it serves, whatever host it is bound to. */
const isEnd = ({ topology }: TopologyIndex, port: Port): boolean =>
  port.deviceOwner !== '' && !isFloatingPort(port) && presenceOf(topology).hostsWith(port).length > 0
const isGuest = (index: TopologyIndex, port: Port): boolean =>
  (port.deviceOwner === 'compute:nova' || port.deviceOwner === 'trunk:subport') && isEnd(index, port)

function startsOf(index: TopologyIndex, object: ShownObject): readonly Port[] {
  switch (object.kind) {
    case 'port':
      return [object.item].filter((port) => isEnd(index, port))
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
        .filter((port) => isEnd(index, port) && port.deviceOwner !== 'network:dhcp')
        .slice(0, LIMIT)
    default:
      return []
  }
}

const portsOf = (index: TopologyIndex, ids: readonly string[]): readonly Port[] =>
  ids.flatMap((id) => index.port(id) ?? []).filter((port) => isEnd(index, port))

function pairsFrom(index: TopologyIndex, from: Port): readonly PathPair[] {
  return index
    .portsOf(from.networkId)
    .filter((to) => to.id !== from.id && isEnd(index, to))
    .map((to) => pairOf(index, from, to))
}

const pairOf = ({ topology }: TopologyIndex, from: Port, to: Port): PathPair => ({
  from: from.id,
  to: to.id,
  label: `${labelPort(topology, from)} → ${labelPort(topology, to)}`,
})

/** A guest, by each router of its network, to one guest in each other network of that router. */
function pairsAcrossFrom(index: TopologyIndex, from: Port): readonly PathPair[] {
  if (!isGuest(index, from)) return []
  const routerIds = new Set(index.portsOf(from.networkId).flatMap((port) => (isRouterPort(port) ? [port.deviceId] : [])))
  return [...routerIds]
    .flatMap((id) => networksOf(index, id))
    .filter((networkId) => networkId !== from.networkId)
    .flatMap((networkId) => firstGuest(index, networkId) ?? [])
    .map((to) => pairOf(index, from, to))
}

/** Between the first guests of any two networks that the router joins. */
function pairsAcross(index: TopologyIndex, routerId: string): readonly PathPair[] {
  const guests = networksOf(index, routerId)
    .flatMap((networkId) => firstGuest(index, networkId) ?? [])
    .slice(0, LIMIT)
  return guests.flatMap((from, at) => guests.slice(at + 1).map((to) => pairOf(index, from, to)))
}

const firstGuest = (index: TopologyIndex, networkId: string): Port | undefined =>
  index.portsOf(networkId).find((port) => isGuest(index, port))

const networksOf = ({ topology }: TopologyIndex, routerId: string): readonly string[] => [
  ...new Set(interfacesOf(topology.ports, routerId).map(({ networkId }) => networkId)),
]
