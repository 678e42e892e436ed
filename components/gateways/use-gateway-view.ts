'use client'

// What the page of a gateway cluster shows lives in the URL (view-params.ts), and what changes it.

import { useQueryStates } from 'nuqs'

import type { GatewayTab } from '@/components/lib/routes'

import { type GatewayDialog, gatewayParams } from './view-params'

export function useGatewayView() {
  const [view, setView] = useQueryStates(gatewayParams)
  return {
    view,
    showTab: (tab: GatewayTab) => void setView({ tab, q: null }, { history: 'push' }),
    filter: (q: string) => void setView({ q }),
    open: (dialog: GatewayDialog) => void setView({ do: dialog }, { history: 'push' }),
    closeDialog: () => void setView({ do: null }),
  }
}

export type GatewayViewState = ReturnType<typeof useGatewayView>
