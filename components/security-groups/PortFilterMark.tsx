'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { filteringAdvice, filteringMarks, filteringOf, filteringWords, type PortFiltering } from '@/server/core/explain/port-filtering'
import { capitalise, sentences, stopped } from '@/server/core/explain/words'
import type { Port } from '@/server/core/topology/kinds/port/port'

/** What is filtered as it should be needs no mark. */
export const filteringStatus: Record<Exclude<PortFiltering, 'groups'>, Status> = {
  closed: 'warn',
  tagged: 'warn',
  earlier: 'warn',
  off: 'unknown',
  service: 'unknown',
}

interface PortFilterMarkProps {
  readonly index: TopologyIndex
  readonly port: Port
  /** Where the column is narrow. The title has the rest. */
  readonly isShort?: boolean
}

/** Whether security groups filter a port, as a row of a table says it. */
export function PortFilterMark({ index, port, isShort = false }: PortFilterMarkProps) {
  const filtering = filteringOf(index.topology, port)
  if (filtering === 'groups') return <span className="text-dim">{filteringWords.groups}</span>
  return (
    <span title={sentences(stopped(capitalise(filteringWords[filtering])), filteringAdvice[filtering])}>
      <StatusMark status={filteringStatus[filtering]} label={isShort ? filteringMarks[filtering] : filteringWords[filtering]} />
    </span>
  )
}
