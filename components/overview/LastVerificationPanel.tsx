import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { Age } from '@/components/ui/Age'
import { buttonClass } from '@/components/ui/button-class'
import { Panel } from '@/components/ui/Panel'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { explainVerdict } from '@/server/core/explain/verdict'
import type { VerificationSummary } from '@/server/core/api-types'
import type { VerificationStatus } from '@/server/core/path/verification'

const MARKS: Record<VerificationStatus, { readonly status: Status; readonly label: string }> = {
  running: { status: 'unknown', label: 'Running' },
  passed: { status: 'ok', label: 'Passed' },
  failed: { status: 'bad', label: 'Failed' },
  cancelled: { status: 'warn', label: 'Cancelled' },
}

export function LastVerificationPanel({ verification }: { readonly verification: VerificationSummary | null }) {
  return (
    <Panel
      title="Last verification"
      meta={verification && <Age at={verification.startedAt} />}
      actions={
        verification && (
          <Link href={routes.verification(verification.id)} className={buttonClass('ghost', 'sm')}>
            Open evidence
          </Link>
        )
      }
    >
      {verification ? (
        <div className="flex min-w-0 flex-col gap-1">
          <StatusMark {...MARKS[verification.status]} />
          <p className="truncate" title={`${verification.sourceLabel} → ${verification.destinationLabel}`}>
            {verification.sourceLabel} → {verification.destinationLabel}
            <span className="text-faint"> in {verification.networkName}</span>
          </p>
          {verification.verdict && <p className="break-words text-dim">{explainVerdict(verification.verdict)}</p>}
        </div>
      ) : (
        <p className="text-faint">No path was verified yet.</p>
      )}
    </Panel>
  )
}
