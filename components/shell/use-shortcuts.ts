'use client'

import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useEffect, useEffectEvent, useRef } from 'react'

import { closeTopPane } from './escape'
import { sections } from './sections'

/** Pressed on the way to another key. */
const MODIFIERS: readonly string[] = ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock']

/**
 * What a page shows is written into the address a moment later (nuqs), and Next gives a navigation up for that. So whoever goes elsewhere waits
 * for what is still to be written: a call that sets nothing answers when it is.
 */
const NO_PARAMETERS = {}

interface ShortcutActs {
  readonly onPalette: () => void
  readonly onSheet: () => void
}

/** Listens to the whole window. Letters do nothing while something is typed or a dialog is open. */
export function useShortcuts({ onPalette, onSheet }: ShortcutActs): void {
  const router = useRouter()
  const [, settleAddress] = useQueryStates(NO_PARAMETERS)
  /** `g` waits for its second key however long that takes: slow hands and busy machines are no other wish. */
  const isChordBegun = useRef(false)

  const handleLetter = (event: KeyboardEvent) => {
    const isChord = isChordBegun.current
    isChordBegun.current = false
    const section = isChord ? sections.find(({ chord }) => chord === event.key) : undefined
    if (section) void settleAddress({}).then(() => router.push(section.href))
    else if (event.key === 'g') isChordBegun.current = true
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
    if (event.key === 'Escape') {
      isChordBegun.current = false
      closeTopPane()
    } else if (MODIFIERS.includes(event.key)) return
    else if (!isTyping(event.target)) handleLetter(event)
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event)
    // Whoever points at something, or goes elsewhere, has given the chord up.
    const forget = () => void (isChordBegun.current = false)
    window.addEventListener('keydown', listener)
    for (const type of ['pointerdown', 'blur']) window.addEventListener(type, forget)
    return () => {
      window.removeEventListener('keydown', listener)
      for (const type of ['pointerdown', 'blur']) window.removeEventListener(type, forget)
    }
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
