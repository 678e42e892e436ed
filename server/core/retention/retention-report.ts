// What is kept at the moment, and what other limits would take: what the settings show. Plain data for the browser.

import type { RetainedKind, Retention } from './retention'

export interface Kept {
  readonly count: number
  /** Of these, kept because something points at them. */
  readonly pinned: number
  /** ISO 8601; null when there are none. */
  readonly oldestAt: string | null
}

export interface RetentionReport {
  readonly limits: Retention
  readonly kept: Readonly<Record<RetainedKind, Kept>>
  readonly captureBytes: number
  readonly database: {
    /** With its log. */
    readonly bytes: number
    /** Left by what was removed, and used again before the file grows. */
    readonly freeBytes: number
  }
}

/** How many would go. */
export type RetentionPreview = Readonly<Record<RetainedKind, number>>
