import { describe, expect, it } from 'vitest'

import { vxlanPath } from '@/server/core/explain/specimens/paths'

import { areTwoLines, mirrored } from './mirrored'

const { hops } = vxlanPath.back

describe('the way back, from right to left', () => {
  it('has every stretch as it is, between the same two hops', () => {
    const drawn = mirrored(hops)
    expect(drawn.map(({ id }) => id)).toEqual(hops.map(({ id }) => id).toReversed())
    const stretches = (all: typeof hops) => all.slice(0, -1).map(({ linkToNext, encapsulation }) => ({ linkToNext, encapsulation }))
    expect(stretches(drawn)).toEqual(stretches(hops).toReversed())
    expect(drawn.map((hop) => [hop.in, hop.out])).toEqual(hops.map((hop) => [hop.out, hop.in]).toReversed())
    expect(drawn.at(-1)!.linkToNext).toBeNull()
  })

  it.each([
    ['by the same places', vxlanPath.forth.hops, vxlanPath.forth.hops.toReversed(), false],
    ['by other places', vxlanPath.forth.hops, vxlanPath.forth.hops.slice(1).toReversed(), true],
    ['by the same places in the same order', vxlanPath.forth.hops, vxlanPath.forth.hops, true],
    ['as far as is known', vxlanPath.forth.hops, vxlanPath.forth.hops.slice(-1), false],
  ])('is a line of its own, or not, where it goes %s', (_, forth, back, expected) => expect(areTwoLines(forth, back)).toBe(expected))
})
