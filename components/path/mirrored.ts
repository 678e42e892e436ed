// The way back as it is drawn below the way forth: with the same end on the left, so that it runs from right to left. Pure.

import type { PathHop } from '@/server/core/path/path'

/** From left to right; what leaves a hop to the right is what comes to it from there. */
export function mirrored(hops: readonly PathHop[]): readonly PathHop[] {
  return hops.toReversed().map((hop, index): PathHop => {
    const right = hops[hops.length - 2 - index]
    return {
      ...hop,
      in: hop.out,
      out: hop.in,
      encapsulation: right?.encapsulation ?? hop.encapsulation,
      linkToNext: right?.linkToNext ?? null,
    }
  })
}

/** One line says both where the way back comes by the same places, and where nothing is known of it but its end. */
export const areTwoLines = (forth: readonly Pick<PathHop, 'id'>[], back: readonly Pick<PathHop, 'id'>[]): boolean =>
  back.length > 1 && !isMirror(forth, back)

/** By the same places in the opposite order. */
const isMirror = (forth: readonly Pick<PathHop, 'id'>[], back: readonly Pick<PathHop, 'id'>[]): boolean =>
  forth.length === back.length && back.every(({ id }, index) => id === forth[forth.length - 1 - index]!.id)
