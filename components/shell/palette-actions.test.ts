import { expect, it } from 'vitest'

import { findActions } from './palette-actions'
import { sections } from './sections'

const labels = (query: string) => findActions(query).map(({ label }) => label)

it.each<[string, string[]]>([
  ['create netw', ['Create physical network', 'Create network']],
  ['NETW create', ['Create physical network', 'Create network']],
  ['  dark ', ['Use the dark theme']],
  ['go path', ['Go to Path']],
  ['delete', []],
])('"%s" finds what has all of its words, in any order', (query, found) => expect(labels(query)).toEqual(found))

it('everything is there before a word is typed, and each leads somewhere or acts', () => {
  const all = findActions('')
  expect(all.length).toBeGreaterThan(sections.length)
  expect(all.filter(({ href, run }) => (href === undefined) === (run === undefined))).toEqual([])
})

it('no two sections have one key', () => expect(new Set(sections.map(({ chord }) => chord)).size).toBe(sections.length))
