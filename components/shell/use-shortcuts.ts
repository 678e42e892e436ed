'use client'

import { useEffect, useEffectEvent, useRef } from 'react'

import { useNavigate } from '@/components/lib/use-navigate'

import { closeTopPane } from './escape'
import { sections } from './sections'

/** Pressed on the way to another key. */
const MODIFIERS: readonly string[] = ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock']

interface ShortcutActs {
  readonly onPalette: () => void
  readonly onSheet: () => void
}

/** Listens to the whole window. Letters do nothing while something is typed or a dialog is open. */
export function useShortcuts({ onPalette, onSheet }: ShortcutActs): void {
  const navigate = useNavigate()
  /** `g` waits for its second key however long that takes: slow hands and busy machines are no other wish. */
  const isChordBegun = useRef(false)

  const handleLetter = (event: KeyboardEvent) => {
    const isChord = isChordBegun.current
    isChordBegun.current = false
    const section = isChord ? sections.find(({ chord }) => chord === event.key) : undefined
    if (section) navigate.push(section.href)
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
