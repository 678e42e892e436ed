'use client'

// Which device is looked at, which are on its wire and whose they are, for the many small rows of the drawing.

import { createContext, use, useMemo, type ReactNode } from 'react'

import { wireOf, type InsideIndex } from './inside-items'
import { standingOf, type Standing } from './standing'

interface InsideView {
  readonly selectedId: string | null
  readonly lit: ReadonlySet<string>
  readonly standing: (id: string) => Standing
  readonly onSelect: (id: string) => void
}

const UNKNOWN: Standing = { kind: 'foreign', note: null }
const ViewContext = createContext<InsideView>({
  selectedId: null,
  lit: new Set(),
  standing: () => UNKNOWN,
  onSelect: () => undefined,
})

export const useInsideView = (): InsideView => use(ViewContext)

interface InsideViewProviderProps {
  readonly index: InsideIndex
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly children: ReactNode
}

export function InsideViewProvider({ index, selectedId, onSelect, children }: InsideViewProviderProps) {
  const lit = useMemo(() => wireOf(index, selectedId), [index, selectedId])
  const standings = useMemo(() => new Map([...index].map(([id, item]) => [id, standingOf(index, item)])), [index])
  const standing = (id: string) => standings.get(id) ?? UNKNOWN
  return <ViewContext value={{ selectedId, lit, standing, onSelect }}>{children}</ViewContext>
}
