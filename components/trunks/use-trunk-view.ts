'use client'

// What a trunk's page shows lives in the URL: tab, filter, the port looked at, and the dialog that is open.

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

import type { TrunkTab } from '@/components/lib/routes'

const TABS = ['subports', 'guest', 'plug', 'audit'] as const satisfies readonly TrunkTab[]
const DIALOGS = ['add', 'edit', 'delete', 'remove'] as const

const VIEW = {
  tab: parseAsStringLiteral(TABS).withDefault('subports'),
  q: parseAsString.withDefault(''),
  sel: parseAsString,
  do: parseAsStringLiteral(DIALOGS),
  /** Subport that is being moved. */
  move: parseAsString,
}

export function useTrunkView() {
  const [view, setView] = useQueryStates(VIEW)
  return {
    view,
    showTab: (tab: TrunkTab) => void setView({ tab, sel: null }, { history: 'push' }),
    filter: (q: string) => void setView({ q }),
    select: (sel: string | null) => void setView({ sel }, { history: 'push' }),
    open: (dialog: (typeof DIALOGS)[number]) => void setView({ do: dialog }, { history: 'push' }),
    move: (portId: string) => void setView({ move: portId }, { history: 'push' }),
    closeDialog: () => void setView({ do: null, move: null }),
  }
}

export type TrunkViewState = ReturnType<typeof useTrunkView>
