// How long what was done is kept, by number and by age. What something points at is kept beyond both (server/effects/db/retention): what has
// not ended, the plan of a kept run and of a revision, the last evidence of a path and its captures. Revisions are always kept.

export const retainedKinds = ['runs', 'plans', 'journals', 'verifications', 'captures'] as const
export type RetainedKind = (typeof retainedKinds)[number]

export interface Limit {
  /** The latest so many. Of plans, only those count that nothing points at; journals are counted while they have all of their entries. */
  readonly count: number
  /** null: however old. */
  readonly days: number | null
}

export interface Retention extends Readonly<Record<RetainedKind, Limit>> {
  /** Of all capture files together. */
  readonly captureMib: number
}

export interface Bounds {
  readonly min: number
  readonly max: number
}

/** Fewer than the least would take away what is still being looked at; more than the most makes lists and backups slow. */
export const countBounds: Readonly<Record<RetainedKind, Bounds>> = {
  runs: { min: 10, max: 100_000 },
  plans: { min: 5, max: 1_000 },
  journals: { min: 10, max: 1_000 },
  verifications: { min: 10, max: 100_000 },
  captures: { min: 20, max: 20_000 },
}
export const dayBounds: Bounds = { min: 1, max: 3_650 }
export const mibBounds: Bounds = { min: 16, max: 65_536 }

/** Nothing goes by age before somebody says so: how long records must be kept is for others to know. */
export const defaultRetention: Retention = {
  runs: { count: 2_000, days: null },
  /** More than anybody compares, and goes back to. */
  plans: { count: 20, days: null },
  /** Somebody may still follow them, or look how it went. */
  journals: { count: 50, days: null },
  verifications: { count: 2_000, days: null },
  /** Some fifty verifications of a path across two hosts. */
  captures: { count: 400, days: null },
  captureMib: 256,
}

/** Of so many paths the last evidence is kept beyond the limits, those first that were verified last: ports come and go, and so do paths. */
export const PINNED_PATHS = 1_000

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

export interface Moments {
  /** What is younger is being looked at, and stays whatever the limits say. */
  readonly settledBefore: string
  /** What is older goes; '' is before everything. */
  readonly staleBefore: string
}

export function momentsOf({ days }: Limit, now: Date): Moments {
  const before = (ms: number): string => new Date(now.getTime() - ms).toISOString()
  return { settledBefore: before(HOUR_MS), staleBefore: days === null ? '' : before(days * DAY_MS) }
}
