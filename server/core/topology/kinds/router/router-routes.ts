// The extra routes of a router as they are stored: written in one way, and in one order.

import { compareText } from '../compare'
import { parsePrefix } from '../security-group/ip-prefix'
import type { Router, RouterRoute } from './router'
import type { RouteInput } from './router-input'

/** What is no prefix is kept as it is, for the rule to refuse. */
export const readRoute = ({ destination, nexthop }: RouteInput): RouterRoute => ({
  destination: parsePrefix(destination)?.text ?? destination,
  nexthop,
})

const compareRoutes = (a: RouterRoute, b: RouterRoute): number => compareText(a.destination, b.destination)

export function withSortedRoutes(router: Router): Router {
  const isSorted = router.routes.every((route, index) => index === 0 || compareRoutes(router.routes[index - 1]!, route) <= 0)
  return isSorted ? router : { ...router, routes: router.routes.toSorted(compareRoutes) }
}
