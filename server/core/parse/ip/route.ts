// `ip -j route show table all` → routes. IPv4 and IPv6 come in one list; a route with several next hops becomes one each.
//
//   {"type":"local","dst":"10.98.0.11","dev":"br-tunnel-if","table":"local","protocol":"kernel","scope":"host","prefsrc":"10.98.0.11"}

import { z } from 'zod'
import type { Route } from '../../host/ip'

/** Printed in place of `gateway` where the next hop's family is another than the route's. */
const viaSchema = z.object({ family: z.enum(['inet', 'inet6']), host: z.string() })
const hopSchema = z.object({
  dev: z.string().optional(),
  gateway: z.string().optional(),
  via: viaSchema.optional(),
  weight: z.number().optional(),
  /** dead, linkdown, onlink, … */
  flags: z.array(z.string()).default([]),
})

export const routeRowSchema = hopSchema.extend({
  dst: z.string().min(1),
  type: z.string().optional(),
  table: z.union([z.string(), z.number().transform(String)]).default('main'),
  protocol: z.string().optional(),
  scope: z.string().optional(),
  prefsrc: z.string().optional(),
  metric: z.number().optional(),
  /** Router preference; IPv6 only. */
  pref: z.string().optional(),
  nexthops: z.array(hopSchema).optional(),
  tos: z.unknown().optional(),
  encap: z.unknown().optional(),
})
type RouteRow = z.infer<typeof routeRowSchema>

export function toRoutes(row: RouteRow, netns: string): Route[] {
  const hops = row.nexthops && row.nexthops.length > 0 ? row.nexthops : [row]
  const unmodelled = (['tos', 'encap'] as const).filter((key) => row[key] !== undefined)
  return hops.map((hop) => ({
    netns,
    table: row.table,
    destination: destinationOf(row),
    via: hop.gateway ?? hop.via?.host,
    viaFamily: hop.via?.family,
    link: hop.dev,
    source: row.prefsrc,
    protocol: row.protocol,
    scope: row.scope,
    type: row.type === 'unicast' ? undefined : row.type,
    // 0 is what the kernel prints for "no metric" on IPv6 local routes.
    metric: row.metric === 0 ? undefined : row.metric,
    ...(hop === row ? {} : { weight: hop.weight ?? 1 }),
    ...(hop.flags.includes('onlink') ? { isOnlink: true } : {}),
    ...(hop.flags.includes('dead') ? { isDead: true } : {}),
    ...(unmodelled.length > 0 ? { unmodelled } : {}),
  }))
}

/** `default` is IPv4's; IPv6's is written ::/0, so that the two never share a key. Hosts get their full prefix length. */
function destinationOf(row: RouteRow): string {
  if (row.dst === 'default') return isIpv6(row) ? '::/0' : 'default'
  return row.dst.includes('/') ? row.dst : `${row.dst}/${isIpv6(row) ? 128 : 32}`
}

const isIpv6 = (row: RouteRow): boolean => row.pref !== undefined || [row.dst, row.gateway, row.prefsrc].some((text) => text?.includes(':'))
