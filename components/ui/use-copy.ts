'use client'

import { useEffect, useState } from 'react'

import { copyText } from './copy-text'

type Outcome = 'none' | 'copied' | 'refused'
const SHOWN_MS = 1500

/** Copies, and says for a moment how it went. */
export function useCopy(value: string): { readonly outcome: Outcome; readonly copy: () => Promise<void> } {
  const [outcome, setOutcome] = useState<Outcome>('none')
  useEffect(() => {
    if (outcome === 'none') return
    const timer = setTimeout(() => setOutcome('none'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  return { outcome, copy: async () => setOutcome((await copyText(value)) ? 'copied' : 'refused') }
}
