// Addresses, routes and policy rules, per namespace, from `ip -j addr|route|rule`.

export interface IpAddress {
  readonly netns: string
  readonly link: string
  /** 10.0.0.2/24 */
  readonly cidr: string
  /** Ours is marked by it on a NIC that is not. */
  readonly label?: string
  /** kernel: link-local and the like, which nobody configured. */
  readonly scope?: string
  /** Of a desired one: who is on the wire is told that it is here by now. Never compared. */
  readonly isAnnounced?: boolean
}

export interface Route {
  readonly netns: string
  readonly table: string // main, local, or a number as text
  readonly destination: string // CIDR or default
  readonly via?: string
  /** Where the gateway's family is not the destination's (RFC 5549): `via inet6 fe80::1`. */
  readonly viaFamily?: 'inet' | 'inet6'
  readonly link?: string
  readonly source?: string
  readonly protocol?: string // kernel, static, boot, …, or OUR_ROUTES
  readonly scope?: string
  readonly type?: string // unicast when absent
  readonly metric?: number
  /** The gateway is taken for a neighbour, whatever the addresses of the device say. */
  readonly isOnlink?: boolean
  /** Share of one next hop of several: routes with the same destination and metric that have one are alternatives. */
  readonly weight?: number
  /** The kernel passes it by while its device is down. */
  readonly isDead?: boolean
  /** What else it depends on that nothing here looks at (tos, encap). */
  readonly unmodelled?: readonly string[]
  /** Of a desired one: on that device who is on the wire is told that the address is here by now. Never compared. */
  readonly announcedOn?: string
}

/** Of IPv4. Rules of IPv6 are neither read nor made. */
export interface IpRule {
  readonly netns: string
  readonly priority: number
  readonly source: string // all, or CIDR
  readonly table: string
  readonly inputLink?: string
  readonly outputLink?: string
  readonly destination?: string
  readonly mark?: { readonly value: number; readonly mask: number }
  /** It holds for what it does not describe. */
  readonly isInverted?: boolean
  /** blackhole, unreachable, prohibit; a look into the table when absent. */
  readonly action?: string
  /** Routes with a prefix as short as this are passed over. */
  readonly suppressPrefixLength?: number
  /** What else it selects by that nothing here looks at (ipproto, sport, goto, …). */
  readonly unmodelled?: readonly string[]
}

/** Protocol of routes of ours over a device that is the host's: their only mark. Nobody's number (iproute2's rt_protos), and a letter of ours. */
export const OUR_ROUTES = '116'

export const addressKey = (address: IpAddress): string => `${address.netns}/${address.link}/${address.cidr}`
export const routeKey = (route: Route): string =>
  `${route.netns}/${route.table}/${route.type ?? 'unicast'}/${route.destination}/${hasNoDevice(route) ? '' : (route.link ?? '')}/${metricOf(route)}${besides(route)}`

/** What is refused goes nowhere; of IPv6 the kernel says lo. */
export const hasNoDevice = ({ type }: Pick<Route, 'type'>): boolean =>
  ['unreachable', 'blackhole', 'prohibit', 'throw'].includes(type ?? '')

export const isIpv6Route = ({ destination }: Pick<Route, 'destination'>): boolean => destination.includes(':')

/** What the kernel gives a route of IPv6 that asks for none. */
const IPV6_METRIC = 1024
const metricOf = (route: Route): number => route.metric ?? (isIpv6Route(route) ? IPV6_METRIC : 0)

/** Nothing for a route with one next hop that is for all packets. */
const besides = ({ weight, via, unmodelled }: Route): string =>
  `${weight === undefined ? '' : `/${via}`}${unmodelled === undefined ? '' : `/${unmodelled.join()}`}`

export const ruleKey = (rule: IpRule): string =>
  `${rule.netns}/${rule.priority}/${rule.source}/${rule.inputLink ?? ''}/${rule.table}${moreOf(rule)}`

/** Nothing for a rule that only asks for its source and where it came in. */
function moreOf({ outputLink, destination, mark, isInverted, action, suppressPrefixLength, unmodelled }: IpRule): string {
  const more = { outputLink, destination, mark, isInverted, action, suppressPrefixLength, unmodelled }
  return Object.values(more).every((value) => value === undefined) ? '' : `/${JSON.stringify(more)}`
}

/** Whether a command that names the other one may hit this one: the kernel asks for what is said and for nothing else. */
export function isMistakenFor(rule: IpRule, other: IpRule): boolean {
  const isSaid = ([key, value]: readonly [string, unknown]) =>
    value === undefined || (key === 'source' && value === 'all') || isEqual(value, rule[key as keyof IpRule])
  return ruleKey(rule) !== ruleKey(other) && Object.entries(other).every(isSaid)
}

const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
