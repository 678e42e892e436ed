import { expect, it } from 'vitest'

import { sections } from './sections'
import { shortcutGroups } from './shortcuts'

it('each section has a chord of its own, of one letter', () => {
  const chords = sections.map(({ chord }) => chord)
  expect(new Set(chords).size).toBe(chords.length)
  expect(chords.filter((chord) => !/^[a-z]$/.test(chord))).toEqual([])
})

it('the sheet names every chord', () => {
  const goTo = shortcutGroups.find(({ title }) => title === 'Go to')
  expect(goTo?.shortcuts.map(({ keys, does }) => [...keys, does])).toEqual(sections.map(({ chord, label }) => ['g', chord, label]))
})

it('within one group a key does one thing', () => {
  for (const { shortcuts } of shortcutGroups) {
    const keys = shortcuts.map((shortcut) => shortcut.keys.join(' '))
    expect(new Set(keys).size).toBe(keys.length)
  }
})
