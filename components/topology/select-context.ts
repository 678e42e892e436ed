'use client'

// Nodes are memoised and know only their data; what a click does comes from here and never changes.

import { createContext, use } from 'react'

export const SelectContext = createContext<(id: string) => void>(() => undefined)

export const useSelect = (): ((id: string) => void) => use(SelectContext)
