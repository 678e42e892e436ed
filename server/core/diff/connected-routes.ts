// The route to its own network, which the kernel makes with an address. It can be taken away alone, and giving the address again does not bring it back:
// where the address is in force and the route is not there, the route is wanted.

import type { HostState } from '../host/host-state'
import { routeKey, type IpAddress, type Route } from '../host/ip'
import { linkKey } from '../host/link'
import { suggestCidr } from '../topology/ipv4'

/** A device that is down has none, and gets it when it is switched on. */
export function withConnectedRoutes(desired: HostState, observed: HostState): HostState {
  const there = new Set([...observed.routes, ...desired.routes].map(routeKey))
  const on = new Set(observed.links.filter(({ isUp }) => isUp).map(linkKey))
  const isInForce = (address: IpAddress) =>
    there.has(routeKey(localRoute(address))) && on.has(linkKey({ netns: address.netns, name: address.link }))
  const lost = desired.addresses
    .filter(isInForce)
    .flatMap(connectedRoute)
    .filter((route) => !there.has(routeKey(route)))
  return lost.length === 0 ? desired : { ...desired, routes: [...desired.routes, ...lost] }
}

const addressOf = ({ cidr }: IpAddress): string => cidr.split('/')[0] ?? ''

/** By which the kernel knows the address for its own. */
const localRoute = (address: IpAddress): Route => ({
  netns: address.netns,
  table: 'local',
  type: 'local',
  destination: `${addressOf(address)}/32`,
  link: address.link,
})

function connectedRoute(address: IpAddress): Route[] {
  const { netns, link, cidr } = address
  const destination = suggestCidr(cidr)
  if (destination === null || destination.endsWith('/32')) return []
  return [{ netns, table: 'main', destination, link, source: addressOf(address), protocol: 'kernel', scope: 'link' }]
}
