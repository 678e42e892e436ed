'use client'

// One clock for every age on the page: a single timer, running only while something watches it.

import { useSyncExternalStore } from 'react'

const watchers = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = 0

function watch(onTick: () => void): () => void {
  if (watchers.size === 0) {
    now = Date.now()
    timer = setInterval(() => {
      now = Date.now()
      for (const tick of watchers) tick()
    }, 1000)
  }
  watchers.add(onTick)
  return () => {
    watchers.delete(onTick)
    if (watchers.size === 0) clearInterval(timer)
  }
}

/** Milliseconds since the epoch, renewed every second; null while the server renders, which has no business guessing. */
export function useNow(): number | null {
  return useSyncExternalStore(
    watch,
    () => now,
    () => null,
  )
}
