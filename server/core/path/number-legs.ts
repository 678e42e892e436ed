// The ids of hops, by which evidence finds them: <host>/<role>/<device>#<ordinal>. A place that a leg comes to again is another hop, and the
// same place has one id on both legs. What both ways come by twice the way back meets in the opposite order.

import type { Endpoint, Path, PathHop } from './path'

type Legs = Pick<Path, 'forth' | 'back'>
type Ends = { readonly source: Pick<Endpoint, 'hostId'> }

const keyOf = ({ hostName, role, place: { device } }: Pick<PathHop, 'hostName' | 'role' | 'place'>): string =>
  `${hostName ?? '-'}/${role}/${device}`

/** On one leg, from 1. */
export function numbered(hops: readonly Pick<PathHop, 'hostName' | 'role' | 'place'>[], taken: readonly string[] = []): string[] {
  const used = new Set(taken)
  return hops.map((hop) => {
    let ordinal = 1
    while (used.has(`${keyOf(hop)}#${ordinal}`)) ordinal += 1
    used.add(`${keyOf(hop)}#${ordinal}`)
    return `${keyOf(hop)}#${ordinal}`
  })
}

/** The way back with the ids of the way forth; what it alone comes by has others. */
export function numberedAlike(legs: Legs, ends: Ends): Legs {
  const { forth, back } = legs
  const twins = back.hops.map((hop) => twinOf(legs, ends, hop)?.id ?? null)
  const own = numbered(
    back.hops.filter((_, index) => twins[index] === null),
    forth.hops.map(({ id }) => id),
  )
  const ids = twins.map((twin) => twin ?? own.shift()!)
  return { forth, back: { hops: back.hops.map((hop, index) => ({ ...hop, id: ids[index]! })) } }
}

/**
 * The same place on the way forth. Where one way comes by less often than the other, because the router on that way stands elsewhere, it does
 * on the side of its VM: at the source's host counted from the source, elsewhere from the destination.
 */
function twinOf({ forth, back }: Legs, { source }: Ends, hop: PathHop): PathHop | undefined {
  const same = (each: PathHop) => isSamePlace(each, hop)
  const [mine, theirs] = [back.hops.filter(same), forth.hops.filter(same)]
  const index = mine.indexOf(hop)
  return hop.place.hostId === source.hostId ? theirs[mine.length - 1 - index] : theirs[theirs.length - 1 - index]
}

const isSamePlace = (one: PathHop, { role, place: { hostId, netns, device } }: PathHop): boolean =>
  one.role === role && one.place.hostId === hostId && one.place.netns === netns && one.place.device === device
