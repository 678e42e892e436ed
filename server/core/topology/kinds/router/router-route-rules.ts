// Rules of the extra routes of a router.

import { isUsable, parseCidr, parseIpv4 } from '../../ipv4'
import { invalid, type Violation } from '../../violation'
import { parsePrefix } from '../security-group/ip-prefix'
import { checkPrefixText } from '../security-group/security-group-rules'
import type { Subnet } from '../subnet/subnet'
import type { Router, RouterRoute } from './router'
import type { RouteInput } from './router-input'
import { readRoute } from './router-routes'

/** Neutron's quota. */
const MAX_ROUTES = 30
const EVERYTHING = '0.0.0.0/0'

export interface RouterPlace {
  /** That the router is in. */
  readonly subnets: readonly Subnet[]
  /** Those of them that none of its namespaces has a device in. */
  readonly unreached: readonly Subnet[]
  /** Its addresses. */
  readonly own: readonly string[]
}

export function checkRoutes({ routes, gateway }: Router, place: RouterPlace): Violation[] {
  const alone = checkRouteInputs(routes)
  if (alone.length > 0) return alone
  return routes.flatMap((route, index) => {
    const field = `routes.${index}`
    return [
      ...checkDestination(route, place.subnets, gateway !== null, `${field}.destination`),
      ...checkNexthop(route, place, `${field}.nexthop`),
    ]
  })
}

/** As far as nothing but the routes is needed: a form asks before the server does. */
export function checkRouteInputs(inputs: readonly RouteInput[]): Violation[] {
  const routes = inputs.map(readRoute)
  if (routes.length > MAX_ROUTES) return [invalid('router-route-quota', 'routes', { most: MAX_ROUTES, count: routes.length })]
  return routes.flatMap((route, index) => checkRouteAlone(routes, route, index))
}

function checkRouteAlone(routes: readonly RouterRoute[], { destination, nexthop }: RouterRoute, index: number): Violation[] {
  const field = `routes.${index}`
  const address = parseIpv4(nexthop) === null ? [invalid('address-form', `${field}.nexthop`, { of: 'next-hop' })] : []
  const prefix = checkPrefixText(destination, `${field}.destination`)
  if (prefix.length > 0) return [...prefix, ...address]
  if (parsePrefix(destination)?.etherType !== 'IPv4')
    return [invalid('router-route-family', `${field}.destination`, { destination }), ...address]
  const isTwice = routes.slice(0, index).some((other) => other.destination === destination)
  return [...(isTwice ? [invalid('router-route-unique', `${field}.destination`, { destination })] : []), ...address]
}

function checkDestination({ destination }: RouterRoute, subnets: readonly Subnet[], hasGateway: boolean, field: string): Violation[] {
  if (destination === EVERYTHING) return hasGateway ? [invalid('router-route-default', field, {})] : []
  const connected = subnets.find(({ cidr }) => cidr === destination)
  return connected ? [invalid('router-route-connected', field, { destination, subnet: connected.name })] : []
}

function checkNexthop({ nexthop }: RouterRoute, { subnets, unreached, own }: RouterPlace, field: string): Violation[] {
  if (own.includes(nexthop)) return [invalid('router-route-own', field, { nexthop })]
  const subnet = subnets.find((each) => isNeighbour(each, nexthop))
  if (!subnet) return [invalid('router-route-off-link', field, { nexthop })]
  return unreached.includes(subnet) ? [invalid('router-route-outside', field, { nexthop, subnet: subnet.name })] : []
}

function isNeighbour({ cidr: text }: Subnet, nexthop: string): boolean {
  const [cidr, address] = [parseCidr(text), parseIpv4(nexthop)]
  return cidr !== null && address !== null && isUsable(cidr, address)
}
