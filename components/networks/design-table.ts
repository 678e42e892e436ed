import type { ReactNode } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'

/** What the tables of this page have in common. */
export interface DesignTableProps {
  readonly index: TopologyIndex
  readonly filter: string
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  /** Shown when the filter leaves nothing. */
  readonly empty: ReactNode
}
