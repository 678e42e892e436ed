'use client'

// What the logical view shows lives in the URL: selection, and the dialog that is open.

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'

const KINDS = ['project', 'network', 'subnet', 'vm'] as const
export type DesignKind = (typeof KINDS)[number]

const VIEW = {
  sel: parseAsString,
  new: parseAsStringLiteral(KINDS),
  /** Network that something new goes into. */
  on: parseAsString,
  /** Ids of what is being edited or deleted. */
  edit: parseAsString,
  del: parseAsString,
}

export function useTopologyView() {
  const [view, setView] = useQueryStates(VIEW)
  return {
    view,
    select: (sel: string | null) => void setView({ sel }),
    create: (kind: DesignKind, networkId: string | null = null) => void setView({ new: kind, on: networkId }, { history: 'push' }),
    edit: (id: string) => void setView({ edit: id }, { history: 'push' }),
    remove: (id: string) => void setView({ del: id }, { history: 'push' }),
    closeDialog: () => void setView({ new: null, on: null, edit: null, del: null }),
    showCreated: (id: string) => void setView({ new: null, on: null, sel: id }),
    showDeleted: (id: string) => void setView((before) => ({ del: null, sel: before.sel === id ? null : before.sel })),
  }
}

export type TopologyViewState = ReturnType<typeof useTopologyView>
