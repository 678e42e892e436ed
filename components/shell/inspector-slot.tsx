'use client'

// Where the inspector goes. The shell owns the place, whichever page is in view fills it.

import { createContext, use, useState, type ReactNode } from 'react'

const SlotContext = createContext<HTMLElement | null>(null)

export const useInspectorSlot = (): HTMLElement | null => use(SlotContext)

/** Lays out canvas and inspector side by side; the slot takes no room while it is empty. */
export function InspectorLayout({ children }: { readonly children: ReactNode }) {
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  return (
    <SlotContext value={slot}>
      <div className="flex min-h-0 min-w-0 flex-1">
        {children}
        <div ref={setSlot} className="contents" />
      </div>
    </SlotContext>
  )
}
