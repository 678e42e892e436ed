'use client'

import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Notice } from '@/components/ui/Notice'
import { CaptureLinks } from '@/components/verification/CaptureLinks'
import { explainAgreement, explainBrokenHop, isBroken, truths } from '@/server/core/explain/path'
import { hopStatusWord } from '@/server/core/explain/verification'
import type { Path, PathHop } from '@/server/core/path/path'
import type { HopEvidence } from '@/server/core/path/verification'

import { AgreementMark } from './AgreementMark'
import { HopFacts, HopNeighbours } from './HopFacts'
import { HopHeader } from './HopHeader'
import type { HopRate } from './live-rates'

interface HopInspectorProps {
  readonly path: Path
  readonly hops: readonly PathHop[]
  readonly hop: PathHop
  readonly rate: HopRate | undefined
  readonly evidence: HopEvidence | null
  /** The verdict's own sentence, when it is about this hop. */
  readonly sentence: string | null
  readonly onSelect: (hopId: string) => void
  readonly onClose: () => void
}

/** One hop: what was intended, what is there, what passes; the flow that changes its header; its capture. */
export function HopInspector({ path, hops, hop, rate, evidence, sentence, onSelect, onClose }: HopInspectorProps) {
  const before = hops[hops.indexOf(hop) - 1]
  return (
    <Inspector kind={hop.hostName === null ? 'Between the hosts' : `Hop on ${hop.hostName}`} title={<span className="font-mono">{hop.device}</span>} onClose={onClose}>
      {isBroken(hop) && (
        <div className="border-b border-line p-3">
          <Notice status="bad" title={sentence ?? explainBrokenHop(hop)} />
        </div>
      )}
      <InspectorSection title="Three truths">
        <ul className="flex flex-col gap-1">
          {truths.map((truth) => (
            <li key={truth} className="flex items-center gap-2">
              <AgreementMark truth={truth} agreement={hop[truth]} />
              <span className="w-14 text-faint">{truth}</span>
              <span>{explainAgreement(truth, hop[truth])}</span>
            </li>
          ))}
        </ul>
      </InspectorSection>
      <HopHeader hop={hop} before={before?.encapsulation ?? null} />
      <HopEvidenceSection hop={hop} evidence={evidence} />
      <HopFacts path={path} hop={hop} rate={rate} />
      <HopNeighbours path={path} hops={hops} hop={hop} onSelect={onSelect} />
    </Inspector>
  )
}

function HopEvidenceSection({ hop, evidence }: { readonly hop: PathHop; readonly evidence: HopEvidence | null }) {
  if (evidence === null) return null
  return (
    <InspectorSection title="Evidence" meta={hopStatusWord[evidence.status]}>
      <dl className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-faint">Expected</dt>
        <dd className="break-words">{evidence.expected}</dd>
        <dt className="text-faint">Seen</dt>
        <dd className="break-words">{evidence.seen ?? 'nothing'}</dd>
        <dt className="text-faint">Packets</dt>
        <dd className="tabular-nums">{evidence.packets}</dd>
        {evidence.note && (
          <>
            <dt className="text-faint">Note</dt>
            <dd className="break-words">{evidence.note}</dd>
          </>
        )}
      </dl>
      {evidence.sample && (
        <pre aria-label="One packet" className="mt-2 overflow-x-auto rounded-sm border border-line bg-canvas px-2 py-1 font-mono text-xs whitespace-pre-wrap break-all">
          {evidence.sample}
        </pre>
      )}
      {evidence.pcap && (
        <div className="mt-2">
          <CaptureLinks captureId={evidence.pcap} device={hop.device} />
        </div>
      )}
    </InspectorSection>
  )
}
