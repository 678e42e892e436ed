// By which hops the packets of a ping travel. On one network replies come by where the requests went, whatever was read: the hops of the way
// forth in reverse. Through a router each direction has a way of its own, and ARP goes no further than the router.

import type { Endpoint, Path, PathHop } from './path'
import type { TrafficKind } from './traffic-kinds'

type Legs<Hop> = { readonly forth: { readonly hops: readonly Hop[] }; readonly back: { readonly hops: readonly Hop[] } }
type Ends = { readonly source: Pick<Endpoint, 'networkId' | 'hostId'>; readonly destination: Pick<Endpoint, 'networkId'> }
type PlacedHop = Pick<PathHop, 'place' | 'role'>

export const isReply = (kind: TrafficKind): boolean => kind === 'arp-reply' || kind === 'echo-reply'

export const isRouted = ({ source, destination }: Ends): boolean => source.networkId !== destination.networkId

/** What a verification measures: the way forth, then what the way back alone comes by. */
export function measuredHops(path: Path): readonly PathHop[] {
  return [...path.forth.hops, ...hopsOfBackAlone(path)]
}

/** In the order of travel, each one of `measuredHops`. */
export function travelOf(path: Path, kind: TrafficKind): readonly PathHop[] {
  const { forth } = path
  if (!isRouted(path)) return isReply(kind) ? forth.hops.toReversed() : forth.hops
  if (kind === 'echo-request') return forth.hops
  if (kind === 'echo-reply') return wayBack(path).map(({ own, twin }) => twin ?? own)
  const router = forth.hops.findIndex(({ role }) => role === 'router-port')
  const asked = router < 0 ? forth.hops : forth.hops.slice(0, router + 1)
  return isReply(kind) ? asked.toReversed() : asked
}

/** The same place on the way back. */
export function hopOnTheWayBack<Hop extends PlacedHop>(path: Legs<Hop> & Ends, hop: Hop): Hop | undefined {
  return mirrored(path, hop, path.forth.hops, path.back.hops)
}

function hopsOfBackAlone(path: Path): readonly PathHop[] {
  if (!isRouted(path)) return []
  const known = new Set(path.forth.hops.map(({ id }) => id))
  return wayBack(path).flatMap(({ own, twin }) => (twin || known.has(own.id) ? [] : [own]))
}

const wayBack = (path: Path) => path.back.hops.map((own) => ({ own, twin: mirrored(path, own, path.back.hops, path.forth.hops) }))

/**
 * A place that both ways come by twice is met in the opposite order. One that a way comes by less often, because the router on that way
 * stands elsewhere, is met on the side of its VM: at the source's host counted from the source, elsewhere from the destination.
 */
function mirrored<Hop extends PlacedHop>({ source, forth }: Legs<Hop> & Ends, hop: Hop, own: readonly Hop[], other: readonly Hop[]): Hop | undefined {
  const same = (each: Hop) => isSamePlace(each, hop)
  const [mine, theirs] = [own.filter(same), other.filter(same)]
  const index = mine.indexOf(hop)
  const isFromItsStart = (hop.place.hostId === source.hostId) === (own === forth.hops)
  return isFromItsStart ? theirs[theirs.length - 1 - index] : theirs[mine.length - 1 - index]
}

const isSamePlace = (one: PlacedHop, { role, place: { hostId, netns, device } }: PlacedHop): boolean =>
  one.role === role && one.place.hostId === hostId && one.place.netns === netns && one.place.device === device
