'use client'

// What the page of a security group shows lives in the URL (view-params.ts), and what changes it.

import { useQueryStates } from 'nuqs'

import type { SecurityGroupTab } from '@/components/lib/routes'

import { type SecurityGroupDialog, securityGroupParams } from './view-params'

export function useSecurityGroupView() {
  const [view, setView] = useQueryStates(securityGroupParams)
  return {
    view,
    showTab: (tab: SecurityGroupTab) => void setView({ tab, q: null }, { history: 'push' }),
    filter: (q: string) => void setView({ q }),
    open: (dialog: SecurityGroupDialog) => void setView({ do: dialog }, { history: 'push' }),
    closeDialog: () => void setView({ do: null }),
  }
}

export type SecurityGroupViewState = ReturnType<typeof useSecurityGroupView>
