'use client'

// What the page shows lives in the URL: tab, filter, selection, and the dialog that is open.

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

import type { CreateKind, NetworksTab } from '@/components/lib/routes'

const TABS = ['networks', 'ports', 'vms', 'physical'] as const satisfies readonly NetworksTab[]
const KINDS = ['project', 'physicalNetwork', 'network', 'subnet', 'port', 'vm'] as const satisfies readonly CreateKind[]

const VIEW = {
  tab: parseAsStringLiteral(TABS).withDefault('networks'),
  q: parseAsString.withDefault(''),
  sel: parseAsString,
  /** A form for a new object of this kind. */
  new: parseAsStringLiteral(KINDS),
  /** Ids of what is being edited or deleted. */
  edit: parseAsString,
  del: parseAsString,
}

export function useNetworksView() {
  const [view, setView] = useQueryStates(VIEW)
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
