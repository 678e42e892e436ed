// To which end of a path each of its hops belongs. Pure.

import type { PathHop, Role } from '@/server/core/path/path'

export type Side = 'source' | 'wire' | 'destination'

const ENDS: ReadonlySet<Role> = new Set<Role>(['vm', 'dhcp', 'router-port', 'inner-host'])

/** Without a wire both ends share a host: the bridge where the path turns is the last hop of the source's side. */
export function sidesOf(hops: readonly PathHop[]): readonly Side[] {
  const wire = hops.findIndex((hop) => hop.place.hostId === null)
  if (wire >= 0) return hops.map((hop, index) => (hop.place.hostId === null ? 'wire' : index < wire ? 'source' : 'destination'))
  const turn = turnOf(hops)
  return hops.map((_, index) => (index <= turn ? 'source' : 'destination'))
}

/** The last hop of the source's side. */
function turnOf(hops: readonly PathHop[]): number {
  // It ends on its way.
  if (!ENDS.has(hops.at(-1)?.role ?? 'wire')) return hops.length
  const shared = hops.findIndex((hop, at) => hop.role === 'provider-bridge' && hops[at - 1]?.role === 'qvo' && hops[at + 1]?.role === 'qvo')
  const turn = shared >= 0 ? shared : hops.findIndex((hop) => hop.role === 'br-int' || hop.role === 'brq')
  return turn >= 0 ? turn : Math.ceil(hops.length / 2) - 1
}
