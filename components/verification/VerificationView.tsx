'use client'

import { Panel } from '@/components/ui/Panel'
import { Notice } from '@/components/ui/Notice'
import { explainVerification } from '@/server/core/explain/verification'
import type { Verification } from '@/server/core/path/verification'

import { DhcpTable } from './DhcpTable'
import { EvidenceInspector } from './EvidenceInspector'
import { EvidenceTable } from './EvidenceTable'
import { verificationStatus } from './evidence-status'
import { PingOutput } from './PingOutput'

interface VerificationViewProps {
  readonly verification: Verification
  /** What is being done now, while it runs. */
  readonly message: string | null
  readonly selectedHopId: string | null
  readonly onSelect: (hopId: string | null) => void
}

/** Evidence that can be opened again: verdict, every hop, DHCP, ping. */
export function VerificationView({ verification, message, selectedHopId, onSelect }: VerificationViewProps) {
  const selected = verification.hops.find((hop) => hop.hopId === selectedHopId)
  return (
    <div className="flex flex-col gap-4">
      <div role="status" aria-label="Verdict">
        <Notice status={verificationStatus[verification.status]} title={explainVerification(verification)}>
          {message}
        </Notice>
      </div>
      <Panel title="Hops" meta={verification.hops.length} isFlush>
        {verification.hops.length === 0 ? (
          <p className="px-3 py-4 text-dim">No hop has answered yet.</p>
        ) : (
          <EvidenceTable hops={verification.hops} selectedHopId={selectedHopId} onSelect={onSelect} />
        )}
      </Panel>
      {verification.dhcp.length > 0 && (
        <Panel title="DHCP" isFlush>
          <DhcpTable rows={verification.dhcp} />
        </Panel>
      )}
      {verification.ping && <PingOutput ping={verification.ping} />}
      {selected && <EvidenceInspector evidence={selected} onClose={() => onSelect(null)} />}
    </div>
  )
}
