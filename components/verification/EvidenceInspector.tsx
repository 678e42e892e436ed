'use client'

import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { explainHopEvidence } from '@/server/core/explain/verification'
import type { HopEvidence } from '@/server/core/path/verification'

import { EvidenceFacts } from './EvidenceFacts'

interface EvidenceInspectorProps {
  readonly evidence: HopEvidence
  readonly onClose: () => void
}

/** One hop of a kept verification. */
export function EvidenceInspector({ evidence, onClose }: EvidenceInspectorProps) {
  return (
    <Inspector kind={`Hop on ${evidence.host}`} title={<span className="font-mono">{evidence.interface}</span>} onClose={onClose}>
      <InspectorSection title="In a sentence">
        <p className="break-words">{explainHopEvidence(evidence)}</p>
      </InspectorSection>
      <EvidenceFacts evidence={evidence} />
    </Inspector>
  )
}
