'use client'

// What the page shows lives in the URL (view-params.ts), and what changes it.

import { useQueryStates } from 'nuqs'

import type { CreateKind, NetworksTab } from '@/components/lib/kind-places'

import { networksParams } from './view-params'

export function useNetworksView() {
  const [view, setView] = useQueryStates(networksParams)
  return {
    view,
    showTab: (tab: NetworksTab) => void setView({ tab, sel: null }, { history: 'push' }),
    filter: (q: string) => void setView({ q }),
    select: (sel: string | null) => void setView({ sel }, { history: 'push' }),
    create: (kind: CreateKind) => void setView({ new: kind }, { history: 'push' }),
    edit: (id: string) => void setView({ edit: id }, { history: 'push' }),
    remove: (id: string) => void setView({ del: id }, { history: 'push' }),
    closeDialog: () => void setView({ new: null, edit: null, del: null }),
    /** After something was made: its dialog closes and it is selected. */
    showCreated: (tab: NetworksTab, sel: string) => void setView({ new: null, tab, sel }),
  }
}

export type NetworksViewState = ReturnType<typeof useNetworksView>
