'use client'

import { useState } from 'react'

/** Which rows of a table are ticked, to be acted on together. */
export function useTicks() {
  const [ticks, setTicks] = useState<ReadonlySet<string>>(new Set())
  return {
    ticks,
    tick: (id: string, isTicked: boolean) => setTicks(new Set(isTicked ? [...ticks, id] : [...ticks].filter((each) => each !== id))),
    clear: () => setTicks(new Set()),
  }
}
