// Every kind has what the rest of the code takes for granted.

import { describe, expect, it } from 'vitest'
import { makeOneOfEach } from '../testing/one-of-each'
import type { Kind } from '../topology'
import { itemsOf, kindNames, kindOf } from './kinds'

const topology = makeOneOfEach()

describe.each(kindNames)('a %s', <K extends Kind>(kind: K) => {
  const form = kindOf(kind)
  const items = itemsOf(topology, kind)

  it('is listed under its own name', () => {
    expect([form.kind, items.length > 0]).toEqual([kind, true])
  })
  it('has words, a label and printed fields', () => {
    expect(Object.values(form.words).every((word) => /^[A-Za-z][\w ]+$/.test(word))).toBe(true)
    for (const item of items) {
      expect(form.label(topology, item)).not.toBe('')
      expect(form.label(topology, item)).not.toContain(item.id)
      expect(Object.keys(form.print(item, topology)).length).toBeGreaterThan(0)
    }
  })
  it('breaks no rule, and is in the order that it says', () => {
    for (const item of items) expect(form.check(topology, item)).toEqual([])
    expect(items.toSorted(form.compare)).toEqual(items)
  })
  it('may be removed, or names what stands in the way', () => {
    for (const item of items) {
      for (const { rule, objects, params } of form.checkRemoval(topology, item))
        expect([rule, objects.length > 0 || Object.keys(params).length === 0]).toEqual([rule, true])
    }
  })
})
