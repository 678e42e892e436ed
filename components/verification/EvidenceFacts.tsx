'use client'

import { explainExpected, explainNotes, explainSample, explainSeen } from '@/server/core/explain/evidence'
import { explainHopStatus, methodWord } from '@/server/core/explain/verification'
import { InspectorSection } from '@/components/shell/Inspector'
import { CopyButton } from '@/components/ui/CopyButton'
import { KeyValue } from '@/components/ui/KeyValue'
import { StatusMark } from '@/components/ui/StatusMark'
import type { HopEvidence } from '@/server/core/path/verification'

import { CaptureLinks } from './CaptureLinks'
import { evidenceStatus } from './evidence-status'

/** The evidence of one hop, for inspectors: expected, seen, one packet, the capture. */
export function EvidenceFacts({ evidence }: { readonly evidence: HopEvidence }) {
  const { status, packets, method, pcap } = evidence
  const sample = explainSample(evidence)
  const notes = explainNotes(evidence)
  return (
    <InspectorSection
      title="Evidence"
      meta={<StatusMark status={evidenceStatus[status]} label={explainHopStatus(evidence)} className="text-sm" />}
    >
      <KeyValue
        items={[
          { label: 'Expected', value: explainExpected(evidence) },
          { label: 'Seen', value: explainSeen(evidence) ?? (status === 'unchecked' ? '' : 'nothing') },
          { label: 'Packets', value: status === 'unchecked' ? '' : packets },
          { label: 'By', value: methodWord[method] },
          ...(notes === null ? [] : [{ label: 'Note', value: notes }]),
        ]}
      />
      {sample && (
        <figure className="mt-2 rounded-sm border border-line bg-canvas px-2 py-1">
          <figcaption className="flex items-center gap-1 text-xs text-faint">
            One packet <CopyButton value={sample} label="Copy packet" />
          </figcaption>
          <pre className="font-mono text-xs whitespace-pre-wrap break-all">{sample}</pre>
        </figure>
      )}
      {pcap && (
        <div className="mt-2">
          <CaptureLinks captureId={pcap} device={evidence.interface} />
        </div>
      )}
    </InspectorSection>
  )
}
