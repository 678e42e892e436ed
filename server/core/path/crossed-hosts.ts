// Which hosts a path may cross: all that has to be read before it is drawn.

import type { KnownCloud } from '../found/with-found'
import { findById } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import { hostsToRead } from './carrier'
import { computePath } from './compute-path'
import { portAt } from './end'
import { gatesOf } from './gates'
import { isPath } from './is-path'
import { localized } from './localize'

import { type PathSides, sidesOf } from './path-sides'
import { isRouted } from './travel'

/**
 * Those of both ends and what these run on; where the routers between them stand; and, as no design says that of somebody else's, those that the
 * frames were last seen to come by.
 */
export function crossedHosts(cloud: KnownCloud, source: string, destination: string): Host[] {
  const { observations } = cloud
  const topology = localized(cloud.topology, source, destination)
  const ends = [source, destination].flatMap((end) => hostsToRead(topology, portAt(topology, end)?.id ?? ''))
  const sides = sidesOf(cloud, source, destination)
  if (!sides || !isRouted({ source: sides.near.endpoint, destination: sides.far.endpoint })) return once(ends)
  const path = computePath(cloud, source, destination)
  const between = isPath(path) ? [...path.forth.hops, ...path.back.hops].map(({ place }) => place.hostId) : []
  const stations = routerHosts(cloud, sides)
  const others = topology.hosts.filter(({ id }) => (between.includes(id) && observations.has(id)) || stations.includes(id))
  return once([...ends, ...others])
}

const once = (hosts: readonly Host[]): Host[] => [...new Map(hosts.map((host) => [host.id, host])).values()]

/** A distributed one stands where the ends are, and what is outside is come to from one of them or from a router. */
function routerHosts(cloud: KnownCloud, sides: PathSides): readonly string[] {
  const gates = gatesOf(cloud, sides)
  const routers = [gates?.near.routerId, gates?.far.routerId].flatMap((id) => findById(cloud.topology.routers, id)?.hostId ?? [])
  return [...routers, sides.near.host.id, sides.far.host.id]
}
