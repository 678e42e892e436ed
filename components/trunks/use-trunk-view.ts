'use client'

// What a trunk's page shows lives in the URL (view-params.ts), and what changes it.

import { useQueryStates } from 'nuqs'

import type { TrunkTab } from '@/components/lib/routes'

import { type TrunkDialog, trunkParams } from './view-params'

export function useTrunkView() {
  const [view, setView] = useQueryStates(trunkParams)
  return {
    view,
    showTab: (tab: TrunkTab) => void setView({ tab, sel: null }, { history: 'push' }),
    filter: (q: string) => void setView({ q }),
    select: (sel: string | null) => void setView({ sel }, { history: 'push' }),
    open: (dialog: TrunkDialog) => void setView({ do: dialog }, { history: 'push' }),
    move: (portId: string) => void setView({ move: portId }, { history: 'push' }),
    closeDialog: () => void setView({ do: null, move: null }),
  }
}

export type TrunkViewState = ReturnType<typeof useTrunkView>
