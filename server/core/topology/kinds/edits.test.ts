// The plain edits of every kind, and that pages are told the truth about what a removal does.

import { describe, expect, it } from 'vitest'
import { countedIds } from '../testing/sample'
import { makeOneOfEach } from '../testing/one-of-each'
import type { Kind, Topology } from '../topology'
import { designEdits } from './edits'
import type { KindEdits } from './kind-edits'
import { checkRemovalOf, designObjects, itemsOf, kindNames, takenAlongWith } from './kinds'

const topology = makeOneOfEach()
const deps = { ids: countedIds(900), now: '2026-01-01T00:00:00.000Z' }

const namesOf = (each: Topology): string[] => kindNames.flatMap((kind) => itemsOf(each, kind).map(({ id }) => `${kind} ${id}`)).toSorted()

describe.each(kindNames)('a %s', (kind: Kind) => {
  const { remove }: KindEdits = designEdits[kind]

  it('goes with what is said to go with it, or is refused by the rules that are said to stand in the way', () => {
    for (const object of designObjects(topology, kind)) {
      const outcome = remove(object.item.id, deps)(topology)
      const inTheWay = checkRemovalOf(topology, object)
      if (!outcome.ok) {
        expect(outcome.violations).toEqual(inTheWay)
        continue
      }
      expect(inTheWay).toEqual([])
      const left = new Set(namesOf(outcome.topology))
      const gone = [object, ...takenAlongWith(topology, object)].map((each) => `${each.kind} ${each.item.id}`).toSorted()
      expect(namesOf(topology).filter((name) => !left.has(name))).toEqual(gone)
    }
  })

  it('that is not there cannot be removed', () => {
    const outcome = remove('00000000-0000-4000-8000-00000000ffff', deps)(topology)
    expect(!outcome.ok && outcome.violations.map(({ rule, params }) => [rule, params])).toEqual([['known-object', { kind }]])
  })
})
