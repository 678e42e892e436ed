// The keyboard, as data: the sheet prints it, use-shortcuts.ts acts on it.

import { sections } from './sections'

interface Shortcut {
  readonly keys: readonly string[]
  readonly does: string
}

export interface ShortcutGroup {
  readonly title: string
  readonly shortcuts: readonly Shortcut[]
}

export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['Ctrl', 'K'], does: 'Find an object or an action (⌘ K on a Mac)' },
      { keys: ['/'], does: 'Filter the page' },
      { keys: ['Esc'], does: 'Close the top pane' },
      { keys: ['?'], does: 'This sheet' },
    ],
  },
  {
    title: 'Lists and trees',
    shortcuts: [
      { keys: ['↑'], does: 'Row above' },
      { keys: ['↓'], does: 'Row below' },
      { keys: ['Enter'], does: 'Select or open' },
      { keys: ['→'], does: 'Open a branch' },
      { keys: ['←'], does: 'Close a branch' },
    ],
  },
  {
    title: 'Topology',
    shortcuts: [
      { keys: ['↓'], does: 'Next host, VM, network or subnet' },
      { keys: ['↑'], does: 'The one before' },
      { keys: ['Enter'], does: 'Select it' },
    ],
  },
  {
    title: 'Go to',
    shortcuts: sections.map(({ chord, label }) => ({ keys: ['g', chord], does: label })),
  },
]
