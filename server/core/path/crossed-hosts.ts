// Which hosts a path may cross: all that has to be read before it is drawn.

import type { KnownCloud } from '../found/with-found'
import { findById } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import { hostsToRead } from './carrier'
import { computePath } from './compute-path'
import { isPath } from './is-path'
import { localized } from './localize'
import { designedBetween } from './router-between'

/**
 * Those of both ends and what these run on; and, as no design says where a router of somebody else's stands, those that the frames were
 * last seen to come by.
 */
export function crossedHosts(cloud: KnownCloud, source: string, destination: string): Host[] {
  const { observations } = cloud
  const topology = localized(cloud.topology, source, destination)
  const networks = new Set([source, destination].map((portId) => topology.ports.find(({ id }) => id === portId)?.networkId))
  const path = networks.size > 1 ? computePath(cloud, source, destination) : null
  const between = path && isPath(path) ? [...path.forth.hops, ...path.back.hops].map(({ place }) => place.hostId) : []
  const ends = [source, destination].flatMap((portId) => hostsToRead(topology, portId))
  const [from, to] = [...networks]
  const router = from !== undefined && to !== undefined ? designedBetween(topology, from, to) : null
  // A distributed one stands where the ends are.
  const routerHostId = findById(topology.routers, router?.id)?.hostId
  const others = topology.hosts.filter(({ id }) => (between.includes(id) && observations.has(id)) || id === routerHostId)
  return [...new Map([...ends, ...others].map((host) => [host.id, host])).values()]
}
