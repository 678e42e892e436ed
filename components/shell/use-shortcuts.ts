'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef } from 'react'

import { closeTopPane } from './escape'
import { sections } from './sections'

/** How long `g` waits for its second key. */
const CHORD_MS = 900

interface ShortcutActs {
  readonly onPalette: () => void
  readonly onSheet: () => void
}

/** Listens to the whole window. Letters do nothing while something is typed or a dialog is open. */
export function useShortcuts({ onPalette, onSheet }: ShortcutActs): void {
  const router = useRouter()
  const chordAt = useRef(0)

  const handleLetter = (event: KeyboardEvent) => {
    const isChord = event.timeStamp - chordAt.current < CHORD_MS
    chordAt.current = 0
    const section = isChord ? sections.find(({ chord }) => chord === event.key) : undefined
    if (section) router.push(section.href)
    else if (event.key === 'g') chordAt.current = event.timeStamp
    else if (event.key === '?') onSheet()
    else if (event.key !== '/' || !focusPageFilter()) return
    event.preventDefault()
  }
  const handle = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      onPalette()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isDialogOpen()) return
    if (event.key === 'Escape') closeTopPane()
    else if (!isTyping(event.target)) handleLetter(event)
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable=true]') !== null
}

const isDialogOpen = (): boolean => document.querySelector('[role=dialog][data-state=open]') !== null

function focusPageFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>('[data-page-filter]')
  filter?.focus()
  filter?.select()
  return filter !== null
}
