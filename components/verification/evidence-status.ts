// How the states of evidence look. Exhaustive records, so that a new state cannot be forgotten.

import type { Status } from '@/components/ui/status'
import type { DhcpEvidence, HopEvidence, VerificationStatus } from '@/server/core/path/verification'

export const evidenceStatus: Record<HopEvidence['status'], Status> = { agrees: 'ok', missing: 'bad', differs: 'warn', unchecked: 'unknown' }

export const dhcpStatus: Record<DhcpEvidence['status'], Status> = {
  agrees: 'ok',
  'no-lease': 'bad',
  differs: 'warn',
  'server-down': 'bad',
  unchecked: 'unknown',
}

export const verificationStatus: Record<VerificationStatus, Status> = { running: 'unknown', passed: 'ok', failed: 'bad', cancelled: 'warn' }
