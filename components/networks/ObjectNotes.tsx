import { useMemo } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { Notice } from '@/components/ui/Notice'
import { explainFinding } from '@/server/core/explain/finding'
import { hasPart } from '@/server/core/finding'
import { lintTopology } from '@/server/core/lint/lint-topology'

interface ObjectNotesProps {
  readonly index: TopologyIndex
  readonly id: string
}

/** What speaks against this object as it is drawn. */
export function ObjectNotes({ index: { topology }, id }: ObjectNotesProps) {
  const findings = useMemo(() => lintTopology(topology), [topology])
  return findings
    .filter((finding) => hasPart(finding, id))
    .map((finding) => {
      const sentence = explainFinding(finding)
      return <Notice key={sentence} status={finding.severity === 'error' ? 'bad' : 'warn'} title={sentence} className="m-3" />
    })
}
