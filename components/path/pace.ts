// What the label beside the pickers says: whether what is shown is live. Judged by the browser's clock, so that it also turns
// when nothing arrives any more.

import type { Status } from '@/components/ui/status'
import { explainStaleHosts } from '@/server/core/explain/path'
import { staleHosts } from '@/server/core/path/currency'
import type { Path } from '@/server/core/path/path'

/** Seconds between two readings of the hosts. */
export const READING_INTERVAL_S = 2

export interface Pace {
  readonly status: Status
  readonly label: string
  /** What is known about it, for whoever points at it. */
  readonly detail?: string
}

interface PaceInput {
  readonly hosts: Path['hosts']
  readonly isPaused: boolean
  readonly isLive: boolean
  readonly hasFailed: boolean
  /** Milliseconds since the epoch. */
  readonly now: number
}

export function paceOf({ hosts, isPaused, isLive, hasFailed, now }: PaceInput): Pace {
  if (isPaused) return { status: 'unknown', label: 'Paused' }
  if (hasFailed) return { status: 'warn', label: 'No fresh counters' }
  if (!isLive) return { status: 'unknown', label: 'Reading' }
  const stale = staleHosts({ hosts }, now)
  if (stale.length > 0) return { status: 'warn', ...explainStaleHosts(stale, now) }
  return { status: 'ok', label: `Live, every ${READING_INTERVAL_S} s` }
}
