// How runs and their steps look. Exhaustive, so that a new state cannot be forgotten.

import { Circle, CircleCheck, CircleDashed, CircleDot, OctagonX, type LucideIcon } from 'lucide-react'

import type { Status } from '@/components/ui/status'
import type { RunStatus, StepStatus } from '@/server/core/plan/run'

export const runStatus: Record<RunStatus, Status> = {
  queued: 'unknown',
  running: 'unknown',
  succeeded: 'ok',
  failed: 'bad',
  cancelled: 'warn',
}

export interface StepLook {
  readonly Icon: LucideIcon
  readonly text: string
}

export const stepLook: Record<StepStatus, StepLook> = {
  waiting: { Icon: Circle, text: 'text-faint' },
  running: { Icon: CircleDot, text: 'text-accent' },
  done: { Icon: CircleCheck, text: 'text-ok' },
  failed: { Icon: OctagonX, text: 'text-bad' },
  skipped: { Icon: CircleDashed, text: 'text-faint' },
}
