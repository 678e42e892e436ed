// Routing of one namespace (IPv4): rules by priority, tables by longest prefix and metric, as fib_rules_lookup and fib_table_lookup do.
// A rule or route that depends on what nobody read makes the answer "not known", but only where it would have decided.

import type { HostState } from '../../../host/host-state'
import { routeKey, ruleKey, type IpRule, type Route } from '../../../host/ip'
import { dropped, unknown } from '../../ends'
import type { Cause, WalkEnd } from '../../walk-result'
import { ipv4, ipv4Text, isInPrefix, isMulticast, parsePrefix, type Prefix } from '../../address'

interface RouteQuery {
  /** null: the stack has yet to choose it. */
  readonly source: string | null
  readonly destination: string
  /** `lo` for what the stack itself sends. */
  readonly inDevice: string
  readonly outDevice: string | null
  readonly mark: number | null
}

export interface Found {
  readonly type: 'unicast' | 'local' | 'broadcast'
  /** Several are alternatives. */
  readonly hops: readonly Route[]
  readonly causes: readonly Cause[]
}

export interface Routing {
  lookup(query: RouteQuery): Found | { readonly end: WalkEnd; readonly causes: readonly Cause[] }
  /** The address that the stack takes for what leaves by a device (inet_select_addr). */
  sourceOn(device: string, nextHop: string | null): string | null
  /** As `-m addrtype` calls it (inet_addr_type). */
  addressType(address: string): 'LOCAL' | 'BROADCAST' | 'MULTICAST' | 'UNICAST'
  isOn(device: string, address: string): boolean
  /** More than what the kernel makes itself: then it does not look at the addresses alone (fib4_has_custom_rules). */
  readonly hasOwnRules: boolean
}

interface Entry {
  readonly route: Route
  readonly prefix: Prefix
}

const ANY: Prefix = { address: '0.0.0.0', length: 0 }
const DEFAULT_RULES = [
  [0, 'local'],
  [32766, 'main'],
  [32767, 'default'],
] as const
const REJECTING = new Set(['blackhole', 'unreachable', 'prohibit'])

export function buildRouting(state: Pick<HostState, 'routes' | 'rules' | 'addresses' | 'links'>, netns: string): Routing {
  const addresses = state.addresses.flatMap(({ netns: place, link, cidr, scope }) => {
    const prefix = place === netns ? parsePrefix(cidr) : null
    return prefix && ipv4(prefix.address) !== null ? [{ link, scope: scope ?? 'global', ...prefix }] : []
  })
  const routes = state.routes.filter((route) => route.netns === netns && !route.isDead)
  const isKernelsOwn = routes.some(({ table }) => table === 'local')
  const tables = tablesOf(isKernelsOwn ? routes : [...routes, ...addresses.flatMap((address) => implied(netns, address))])
  const rules = rulesOf(
    state.rules.filter((rule) => rule.netns === netns),
    netns,
  )
  return {
    lookup: (query) => lookup(rules, tables, query),
    sourceOn: (device, nextHop) => {
      const onDevice = addresses.filter(({ link, scope }) => link === device && scope !== 'host')
      const near = onDevice.find((each) => nextHop !== null && isInPrefix(nextHop, each))
      return (near ?? onDevice[0] ?? addresses.find(({ scope }) => scope === 'global'))?.address ?? null
    },
    addressType: (address) => {
      if (address === '255.255.255.255' || address === '0.0.0.0') return 'BROADCAST'
      if (isMulticast(address)) return 'MULTICAST'
      const type = (tables.get('local') ?? []).find(({ prefix }) => isInPrefix(address, prefix))?.route.type
      return type === 'local' ? 'LOCAL' : type === 'broadcast' ? 'BROADCAST' : 'UNICAST'
    },
    hasOwnRules:
      rules.some(({ priority, table }) => !DEFAULT_RULES.some(([own, name]) => own === priority && name === table)) ||
      routes.some(({ table, type, protocol }) => table === 'local' && type === 'local' && (protocol ?? 'kernel') !== 'kernel'),
    isOn: (device, address) => addresses.some((each) => each.link === device && each.address === address),
  }
}

/** What the kernel adds with an address, for a state that lists only what was asked for. */
function implied(netns: string, { link, address, length }: Prefix & { readonly link: string }): Route[] {
  const bits = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0
  const network = ((ipv4(address) ?? 0) & bits) >>> 0
  const own: Route = { netns, table: 'local', destination: `${address}/32`, link, type: 'local' }
  if (length > 30) return length === 32 ? [own] : [own, { netns, table: 'main', destination: `${ipv4Text(network)}/${length}`, link }]
  const last = ipv4Text((network | ~bits) >>> 0)
  return [
    own,
    { netns, table: 'local', destination: `${last}/32`, link, type: 'broadcast' },
    { netns, table: 'main', destination: `${ipv4Text(network)}/${length}`, link },
  ]
}

/** Longest prefix first, then the smallest metric, else as they stand. */
function tablesOf(routes: readonly Route[]): ReadonlyMap<string, readonly Entry[]> {
  const tables = new Map<string, Entry[]>()
  for (const route of routes) {
    const prefix = route.destination === 'default' ? ANY : parsePrefix(route.destination)
    if (!prefix || ipv4(prefix.address) === null) continue
    tables.set(route.table, [...(tables.get(route.table) ?? []), { route, prefix }])
  }
  for (const entries of tables.values())
    entries.sort((left, right) => right.prefix.length - left.prefix.length || (left.route.metric ?? 0) - (right.route.metric ?? 0))
  return tables
}

function rulesOf(rules: readonly IpRule[], netns: string): readonly IpRule[] {
  const own = rules.some(({ table }) => table === 'main')
    ? []
    : DEFAULT_RULES.map(([priority, table]) => ({ netns, priority, source: 'all', table }))
  return [...rules, ...own].sort((left, right) => left.priority - right.priority)
}

function lookup(rules: readonly IpRule[], tables: ReadonlyMap<string, readonly Entry[]>, query: RouteQuery): ReturnType<Routing['lookup']> {
  for (const rule of rules) {
    const applies = ruleApplies(rule, query)
    if (applies === false) continue
    const answer = rule.action ? { end: actionEnd(rule), causes: [] } : ask(tables.get(rule.table) ?? [], rule, query)
    if (answer === null && !(applies === null && rule.unmodelled?.includes('goto'))) continue
    const causes: Cause[] = [{ kind: 'ip-rule', ref: ruleKey(rule) }]
    if (answer === null || applies === null) return { end: unknown('not-understood', { rule: ruleKey(rule) }), causes }
    return { ...answer, causes: [...causes, ...answer.causes] }
  }
  return { end: dropped('no-route', { destination: query.destination }), causes: [] }
}

const actionEnd = (rule: IpRule): WalkEnd =>
  REJECTING.has(rule.action ?? '') ? dropped('route-rejects', { rule: ruleKey(rule) }) : unknown('not-understood', { rule: ruleKey(rule) })

function ruleApplies(
  { source, destination, inputLink, outputLink, mark, isInverted, unmodelled }: IpRule,
  query: RouteQuery,
): boolean | null {
  const answers = [
    source === 'all' || within(query.source ?? '0.0.0.0', source),
    destination === undefined || within(query.destination, destination),
    inputLink === undefined || query.inDevice === inputLink,
    outputLink === undefined || query.outDevice === outputLink,
    mark === undefined || (query.mark === null ? null : ((query.mark ^ mark.value) & mark.mask) === 0),
    unmodelled === undefined ? true : null,
  ]
  const answer = answers.includes(false) ? false : answers.includes(null) ? null : true
  return isInverted && answer !== null ? !answer : answer
}

function within(address: string, cidr: string): boolean {
  const prefix = parsePrefix(cidr)
  return prefix !== null && isInPrefix(address, prefix)
}

/** null: the table has nothing, and the next rule is asked. */
function ask(
  entries: readonly Entry[],
  { suppressPrefixLength }: IpRule,
  { destination, outDevice }: RouteQuery,
): ReturnType<Routing['lookup']> | null {
  const found = entries.find(
    ({ route, prefix }) =>
      isInPrefix(destination, prefix) && (outDevice === null || route.link === outDevice || REJECTING.has(route.type ?? '')),
  )
  if (!found || found.route.type === 'throw') return null
  if (suppressPrefixLength !== undefined && found.prefix.length <= suppressPrefixLength) return null
  const { route } = found
  const hops =
    route.weight === undefined
      ? [route]
      : entries
          .filter((each) => isAlternative(each, found) && (outDevice === null || each.route.link === outDevice))
          .map((each) => each.route)
  const causes: Cause[] = hops.map((hop) => ({ kind: 'route', ref: routeKey(hop) }))
  if (route.unmodelled) return { end: unknown('not-understood', { route: routeKey(route) }), causes }
  const type = route.type ?? 'unicast'
  if (REJECTING.has(type)) return { end: dropped('route-rejects', { route: routeKey(route) }), causes }
  if (type !== 'unicast' && type !== 'local' && type !== 'broadcast')
    return { end: unknown('outside-model', { route: routeKey(route) }), causes }
  return { type, hops, causes }
}

function isAlternative({ route, prefix }: Entry, other: Entry): boolean {
  return (
    route.weight !== undefined &&
    prefix.length === other.prefix.length &&
    route.destination === other.route.destination &&
    route.metric === other.route.metric
  )
}
