// `ip -j route show table all` → routes. IPv4 and IPv6 come in one list; a route with several next hops becomes one each.
//
//   {"type":"local","dst":"10.98.0.11","dev":"br-tunnel-if","table":"local","protocol":"kernel","scope":"host","prefsrc":"10.98.0.11"}

import { z } from 'zod'
import type { Route } from '../../host/ip'
import { mapParsed, parseRows } from '../json'
import type { Parsed } from '../parse-result'

const viaSchema = z.object({ host: z.string() })
const hopSchema = z.object({ dev: z.string().optional(), gateway: z.string().optional(), via: viaSchema.optional() })

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
})
type RouteRow = z.infer<typeof routeRowSchema>

export function toRoutes(row: RouteRow, netns: string): Route[] {
  const hops = row.nexthops && row.nexthops.length > 0 ? row.nexthops : [row]
  return hops.map((hop) => ({
    netns,
    table: row.table,
    destination: destinationOf(row),
    via: hop.gateway ?? hop.via?.host,
    link: hop.dev,
    source: row.prefsrc,
    protocol: row.protocol,
    scope: row.scope,
    type: row.type === 'unicast' ? undefined : row.type,
    // 0 is what the kernel prints for "no metric" on IPv6 local routes.
    metric: row.metric === 0 ? undefined : row.metric,
  }))
}

/** `default` is IPv4's; IPv6's is written ::/0, so that the two never share a key. Hosts get their full prefix length. */
function destinationOf(row: RouteRow): string {
  const isIpv6 = row.pref !== undefined || [row.dst, row.gateway, row.prefsrc].some((text) => text?.includes(':'))
  if (row.dst === 'default') return isIpv6 ? '::/0' : 'default'
  return row.dst.includes('/') ? row.dst : `${row.dst}/${isIpv6 ? 128 : 32}`
}

export function parseRoutes(text: string, netns = '', section = 'ip route'): Parsed<readonly Route[]> {
  return mapParsed(parseRows(text, section, routeRowSchema), (rows) => rows.flatMap((row) => toRoutes(row, netns)))
}
