// Answers about the path between two ports, folded as they come: readings with their rates, or why there is no path. Pure.

import { isPath } from '@/server/core/path/is-path'
import type { NoPath, SentPath } from '@/server/core/path/path'

import { inBrowserTime } from './browser-time'
import { firstReading, foldReading, type LiveReadings } from './live-rates'

export interface Ends {
  readonly from: string
  readonly to: string
}

/** What came for other ends is of no use any more. */
export const ofEnds = (state: LiveState | null, ends: Ends | null): LiveState | null =>
  state?.from === ends?.from && state?.to === ends?.to ? state : null

export interface LiveState extends Ends {
  readonly readings: LiveReadings | null
  readonly noPath: NoPath | null
  /** How far the browser's clock is ahead of the console's, in milliseconds; null until an answer told. */
  readonly aheadMs: number | null
}

export interface Answer extends Ends {
  readonly answer: SentPath | NoPath
  /** By the browser's clock, milliseconds since the epoch. */
  readonly arrivedAt: number
}

export function foldAnswer(state: LiveState | null, { from, to, answer, arrivedAt }: Answer): LiveState {
  const known = state?.aheadMs ?? null
  if (!isPath(answer)) return { from, to, readings: null, noPath: answer, aheadMs: known }
  const { path, aheadMs } = inBrowserTime(answer, arrivedAt, known)
  const readings = state?.readings ? foldReading(state.readings, path) : firstReading(path)
  return { from, to, readings, noPath: null, aheadMs }
}
