// What of a host's reading a path rests on: the namespaces and bridges that its legs cross or that a walk came by on any branch, bridges
// whose flows a check looked at elsewhere, and the guests and DHCP servers at its places. Read off what was drawn; the next reading for the
// same path asks for no more (parse/overlay.ts).

import { bridgePart, DHCP_SERVERS, GUESTS, namespacePart, type HostPart, type HostScope } from '../parse/host-part'
import type { Place } from '../walk/walk-result'
import type { HostView } from './host-view'
import type { PathHop } from './path'

export interface Crossed {
  readonly hops: readonly PathHop[]
  readonly visited: readonly Place[]
  readonly views: readonly HostView[]
}

/** By host. */
export function crossedParts({ hops, visited, views }: Crossed): ReadonlyMap<string, HostScope> {
  const parts = new Map<string, Set<HostPart>>()
  const rest = (hostId: string, ...on: readonly HostPart[]) => {
    const known = parts.get(hostId) ?? new Set()
    for (const part of on) known.add(part)
    parts.set(hostId, known)
  }
  for (const { hostId, ...place } of [...hops.map((hop) => hop.place), ...visited]) if (hostId !== null) rest(hostId, ...partsAt(place))
  for (const { place, role } of hops) if (place.hostId !== null && role === 'dhcp') rest(place.hostId, DHCP_SERVERS)
  for (const { observation, flowsAskedOf } of views) rest(observation.hostId, ...[...flowsAskedOf].map(bridgePart))
  return parts
}

function partsAt({ netns, kind, device }: Pick<PathHop['place'], 'netns' | 'kind' | 'device'>): HostPart[] {
  const parts: HostPart[] = netns === '' ? [] : [namespacePart(netns)]
  if (kind === 'ovs-bridge') parts.push(bridgePart(device))
  // Who is behind a tap, and whether it runs.
  if (kind === 'guest' || kind === 'tap') parts.push(GUESTS)
  return parts
}
