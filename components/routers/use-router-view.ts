'use client'

// What the page of a router shows lives in the URL (view-params.ts), and what changes it.

import { useQueryStates } from 'nuqs'

import type { RouterTab } from '@/components/lib/routes'

import { type RouterDialog, routerParams } from './view-params'

export function useRouterView() {
  const [view, setView] = useQueryStates(routerParams)
  return {
    view,
    showTab: (tab: RouterTab) => void setView({ tab, q: null }, { history: 'push' }),
    filter: (q: string) => void setView({ q }),
    open: (dialog: RouterDialog) => void setView({ do: dialog }, { history: 'push' }),
    removeInterface: (portId: string) => void setView({ del: portId }, { history: 'push' }),
    closeDialog: () => void setView({ do: null, del: null }),
  }
}

export type RouterViewState = ReturnType<typeof useRouterView>
