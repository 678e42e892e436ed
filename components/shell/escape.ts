'use client'

// Esc closes the top pane, one per press. Panes stack in the order they opened; dialogs are Radix' and handle their own
// Esc before it comes here.

import { useEffect, useEffectEvent } from 'react'

const stack: (() => void)[] = []

/** While mounted, Esc calls `onEscape`, unless something opened later takes it. */
export function useEscape(onEscape: () => void): void {
  const run = useEffectEvent(onEscape)
  useEffect(() => {
    const entry = () => run()
    stack.push(entry)
    return () => {
      stack.splice(stack.indexOf(entry), 1)
    }
  }, [])
}

/** True when a pane was closed. */
export function closeTopPane(): boolean {
  const top = stack[stack.length - 1]
  top?.()
  return top !== undefined
}
