'use client'

import { X } from 'lucide-react'

import { Age } from '@/components/ui/Age'
import { IconButton } from '@/components/ui/IconButton'
import { StatusMark } from '@/components/ui/StatusMark'
import { explainVerdict } from '@/server/core/explain/verdict'
import type { Verification } from '@/server/core/path/verification'
import { explainPing, verificationStatusWord } from '@/server/core/explain/verification'
import { duration, plural } from '@/server/core/explain/words'

import { dhcpStatus, verificationStatus } from './evidence-status'
import type { VerificationProgress } from './fold-verification'

interface VerificationStripProps {
  readonly progress: VerificationProgress
  /** Takes the evidence off the drawing; it stays kept. */
  readonly onClose: () => void
}

/** What no hop tells: why it failed as a whole, and that it was measured from the other end. */
const isToldHere = ({ status, firstBadHopId, verdict }: Verification): boolean =>
  (status !== 'passed' && firstBadHopId === null) ||
  ((verdict?.code === 'answered' || verdict?.code === 'answered-but') && verdict.params.wayIn !== undefined)

/** One line above the drawing: what the verification does now, or what came of it. */
export function VerificationStrip({ progress: { verification, message }, onClose }: VerificationStripProps) {
  const { status, ping, dhcp, hops, startedAt, durationMs, verdict } = verification
  const isRunning = status === 'running'
  const badDhcp = dhcp.filter((each) => dhcpStatus[each.status] === 'bad' || dhcpStatus[each.status] === 'warn').length
  return (
    <div
      role="status"
      aria-label="Verification"
      className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-raised px-3 py-1"
    >
      <StatusMark
        status={verificationStatus[status]}
        label={`Verification ${verificationStatusWord[status].toLowerCase()}`}
        className="font-medium"
      />
      {isRunning ? (
        <span className="min-w-0 truncate text-dim">
          {message ?? 'Starting'} · {plural(hops.length, 'hop')} answered
        </span>
      ) : (
        <>
          {isToldHere(verification) && verdict !== null && <span className="min-w-0 break-words">{explainVerdict(verdict)}</span>}
          {ping && <span className="text-dim">{explainPing(ping)}</span>}
          {badDhcp > 0 && <span className="text-warn">DHCP: {plural(badDhcp, 'finding')}</span>}
          {durationMs !== null && <span className="text-faint">took {duration(durationMs)}</span>}
        </>
      )}
      <Age at={startedAt} className="text-faint" />
      {!isRunning && (
        <span className="ml-auto">
          <IconButton label="Take evidence off the drawing" size="sm" onClick={onClose}>
            <X />
          </IconButton>
        </span>
      )}
    </div>
  )
}
