'use client'

import { Inspector, InspectorSection } from '@/components/shell/Inspector'
import { Notice } from '@/components/ui/Notice'
import { EvidenceFacts } from '@/components/verification/EvidenceFacts'
import { explainAgreement, explainBrokenHop, isBroken, truths } from '@/server/core/explain/path'
import type { Path, PathHop } from '@/server/core/path/path'
import type { HopEvidence } from '@/server/core/path/verification'

import { AgreementMark } from './AgreementMark'
import { HopFacts, HopNeighbours } from './HopFacts'
import { HopHeader } from './HopHeader'
import { HopPacket } from './HopPacket'
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
    <Inspector
      kind={hop.role === 'outside' ? 'Outside of the cloud' : hop.hostName === null ? 'Between the hosts' : `Hop on ${hop.hostName}`}
      title={<span className="font-mono">{hop.place.device}</span>}
      onClose={onClose}
    >
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
      <HopPacket hop={hop} />
      {evidence && <EvidenceFacts evidence={evidence} />}
      <HopFacts path={path} hop={hop} rate={rate} />
      <HopNeighbours path={path} hops={hops} hop={hop} onSelect={onSelect} />
    </Inspector>
  )
}
