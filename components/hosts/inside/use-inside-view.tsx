'use client'

// Which device is looked at and which are on its wire, for the many small rows of the drawing.

import { createContext, use, useMemo, type ReactNode } from 'react'

import { wireOf, type InsideIndex } from './inside-items'

interface InsideView {
  readonly selectedId: string | null
  readonly lit: ReadonlySet<string>
  readonly onSelect: (id: string) => void
}

const ViewContext = createContext<InsideView>({ selectedId: null, lit: new Set(), onSelect: () => undefined })

export const useInsideView = (): InsideView => use(ViewContext)

interface InsideViewProviderProps {
  readonly index: InsideIndex
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly children: ReactNode
}

export function InsideViewProvider({ index, selectedId, onSelect, children }: InsideViewProviderProps) {
  const lit = useMemo(() => wireOf(index, selectedId), [index, selectedId])
  return <ViewContext value={{ selectedId, lit, onSelect }}>{children}</ViewContext>
}
