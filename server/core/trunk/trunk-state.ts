// The state of a trunk in Neutron's words (docs/reference/trunks.md), and why it is not ACTIVE.

import type { Severity, Subject } from '../finding'
import type { Found } from './patch-pair'
import type { TrunkFinding } from './trunk-params'

export type TrunkStatus = 'DOWN' | 'BUILD' | 'ACTIVE' | 'DEGRADED' | 'ERROR'

export interface TrunkState {
  readonly status: TrunkStatus
  /** Why it is not ACTIVE; null when it is. Where several ports are wrong, of the first, with the `others`. */
  readonly reason: TrunkFinding | null
}

const SEVERITY = { DOWN: 'note', BUILD: 'note', DEGRADED: 'warning', ERROR: 'error' } as const satisfies Record<
  Exclude<TrunkStatus, 'ACTIVE'>,
  Severity
>

export const as = (status: keyof typeof SEVERITY, subject: Subject, found: Found): TrunkState => ({
  status,
  reason: { severity: SEVERITY[status], subject, ...found },
})

/** By the first thing that is wrong at each port. */
export function degraded(broken: readonly { readonly subject: Subject; readonly found: Found }[]): TrunkState {
  const [first, ...more] = broken
  if (!first) return { status: 'ACTIVE', reason: null }
  const others = more.map(({ subject }) => subject)
  return { status: 'DEGRADED', reason: { severity: SEVERITY.DEGRADED, subject: first.subject, others, ...first.found } }
}
