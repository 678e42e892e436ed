// Routes: ours when they lead over a link of ours or live in a namespace of ours, and no daemon keeps them there, or bear our protocol.

import { compareFields } from '../diff/compare-fields'
import { isFloatingRoute } from '../host/answered'
import { hasNoDevice, isIpv6Route, OUR_ROUTES, routeKey, type Route } from '../host/ip'
import { inNamespaces, whereIn, type Kind } from './kind'
import { livesOnOurs } from './lives-on-ours'

/**
 * What `ip` puts in unless told otherwise (absent, boot), and what people say of theirs. The kernel makes connected and local routes with their
 * addresses; BIRD, a router's advertisement or a DHCP client look after the ones that bear their names.
 */
const OUR_PROTOCOLS: readonly (string | undefined)[] = [undefined, 'boot', 'static']

export const routeKind: Kind<Route> = {
  heading: 'Routes',
  noun: 'routes',
  key: routeKey,
  label: (route) =>
    `route ${route.type ? `${route.type} ` : ''}${route.destination}${route.via ? ` via ${route.via}` : ''}${whereIn(route.netns)}`,
  isOurs: (route, scope) =>
    isSaidInFull(route) &&
    (route.protocol === OUR_ROUTES || (OUR_PROTOCOLS.includes(route.protocol) && livesOnOurs(route.netns, route.link, scope))),
  compare: (desired, observed) =>
    compareFields([
      // Nothing said is no gateway, no source, not onlink; the kernel adds none.
      ['via', gatewayOf(desired) ?? null, gatewayOf(observed)],
      ['src', desired.source ?? null, observed.source],
      ['onlink', desired.isOnlink ?? false, observed.isOnlink ?? false],
      // A reading has none for global, and IPv6 knows no other.
      ['scope', isIpv6Route(desired) ? undefined : desired.scope, observed.scope ?? 'global'],
      ['protocol', desired.protocol, observed.protocol ?? 'boot'],
    ]),
  sections: inNamespaces('ip'),
  steps: [],
  ip: {
    // Those without a gateway first: by one of them the kernel may find the gateway of another.
    set: (routes) =>
      [...routes.filter(({ via }) => !via), ...routes.filter(({ via }) => via)].map(
        (route) => `route replace ${words(route)}${details(route)}`,
      ),
    // Those to floating IPs have gone before.
    remove: (routes) => routes.filter((route) => !isFloatingRoute(route)).map((route) => `route del ${words(route)}`),
    restore: 'repeatable',
  },
  probes: [],
}

/** A command for it names no other route. One next hop of several cannot be told from the rest, nor what is there for some packets only. */
const isSaidInFull = ({ weight, unmodelled }: Route): boolean => weight === undefined && unmodelled === undefined

const gatewayOf = ({ via, viaFamily }: Route): string | undefined => via && (viaFamily ? `${viaFamily} ${via}` : via)

/** `10.68.0.0/16 via inet6 fe80::1 dev tap0 table main`: without its family a gateway of the other one is no address to `ip`. */
function words(route: Route): string {
  const { type, destination, link, table, metric } = route
  const gateway = gatewayOf(route)
  const device = link && !hasNoDevice(route) ? ` dev ${link}` : ''
  return `${type ? `${type} ` : ''}${destination}${gateway ? ` via ${gateway}` : ''}${device} table ${table}${metric ? ` metric ${metric}` : ''}`
}

/** What does not tell it from others; a scope that `ip` chooses by itself is not said. */
function details(route: Route): string {
  const { source, protocol, scope, isOnlink, via } = route
  const chosen = via || hasNoDevice(route) ? 'global' : 'link'
  return [
    ...(protocol ? [` proto ${protocol}`] : []),
    ...(scope && scope !== chosen ? [` scope ${scope}`] : []),
    ...(source ? [` src ${source}`] : []),
    ...(isOnlink ? [' onlink'] : []),
  ].join('')
}
