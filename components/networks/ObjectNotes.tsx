import { useMemo } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { Notice } from '@/components/ui/Notice'
import { lintTopology } from '@/server/core/lint/lint-topology'

interface ObjectNotesProps {
  readonly index: TopologyIndex
  readonly id: string
}

/** What speaks against this object as it is drawn. */
export function ObjectNotes({ index: { topology }, id }: ObjectNotesProps) {
  const notes = useMemo(() => lintTopology(topology), [topology])
  return notes
    .filter(({ objects }) => objects.some((object) => object.id === id))
    .map(({ rule, severity, message }) => <Notice key={rule + message} status={severity === 'error' ? 'bad' : 'warn'} title={message} className="m-3" />)
}
