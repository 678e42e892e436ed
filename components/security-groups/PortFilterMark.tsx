'use client'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { filteringAdvice, filteringOf, filteringWords, type PortFiltering } from '@/server/core/explain/port-filtering'
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
}

/** Whether security groups filter a port, as a row of a table says it. */
export function PortFilterMark({ index, port }: PortFilterMarkProps) {
  const filtering = filteringOf(index.topology, port)
  if (filtering === 'groups') return <span className="text-dim">{filteringWords.groups}</span>
  return (
    <span title={filteringAdvice[filtering] ?? undefined}>
      <StatusMark status={filteringStatus[filtering]} label={filteringWords[filtering]} />
    </span>
  )
}
