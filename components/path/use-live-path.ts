'use client'

// The path between two ports: at once from the last observations, then again and again with fresh counters while watched.
// Where there is none, the watch waits for a design that has one; a pause holds a path, never the lack of one.

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useReducer } from 'react'

import { useTRPC } from '@/components/lib/trpc'
import { isPath } from '@/server/core/path/is-path'
import type { NoPath, SentPath } from '@/server/core/path/path'

import { inBrowserTime } from './browser-time'
import { firstReading, foldReading, type LiveReadings } from './live-rates'
import { READING_INTERVAL_S } from './pace'

export interface LivePath {
  readonly readings: LiveReadings | null
  readonly noPath: NoPath | null
  readonly isLoading: boolean
  /** Fresh counters arrive. */
  readonly isLive: boolean
  readonly error: unknown
}

export function useLivePath(from: string | null, to: string | null, isPaused: boolean): LivePath {
  const ends = from !== null && to !== null ? { from, to } : null
  const [live, fold] = useReducer(foldAnswer, null)
  const own = ofEnds(live, ends)
  const stored = useStoredPath(ends, own === null)
  const shown = ends && (own ?? keptState(ends, stored))
  const isHeld = isPaused && shown?.noPath == null
  const stream = useWatchedPath(isHeld ? null : ends, fold)
  if (!shown) return { ...NOTHING, isLoading: ends !== null && stored.isLoading, error: stored.error ?? stream.error }
  const isLive = stream.status === 'pending' && own !== null
  return { readings: shown.readings, noPath: shown.noPath, isLoading: false, isLive, error: stream.error ?? null }
}

const NOTHING = { readings: null, noPath: null, isLive: false }

interface Ends {
  readonly from: string
  readonly to: string
}

/** What came for other ends is of no use any more. */
const ofEnds = (state: LiveState | null, ends: Ends | null): LiveState | null =>
  state?.from === ends?.from && state?.to === ends?.to ? state : null

const queryOf = ({ from, to }: Ends) => ({ sourcePortId: from, destinationPortId: to })

function useStoredPath(ends: Ends | null, isNeeded: boolean) {
  const trpc = useTRPC()
  return useQuery({ ...trpc.paths.get.queryOptions(ends ? queryOf(ends) : skipToken), enabled: ends !== null && isNeeded })
}

/** Nothing is watched without ends. */
function useWatchedPath(ends: Ends | null, onAnswer: (answer: Answer) => void) {
  const trpc = useTRPC()
  return useSubscription(
    trpc.paths.watch.subscriptionOptions(ends ? { ...queryOf(ends), intervalS: READING_INTERVAL_S } : skipToken, {
      onData: (answer) => {
        if (ends) onAnswer({ ...ends, answer, arrivedAt: Date.now() })
      },
    }),
  )
}

const keptState = (ends: Ends, { data, dataUpdatedAt }: { readonly data?: SentPath | NoPath; readonly dataUpdatedAt: number }) =>
  data ? foldAnswer(null, { ...ends, answer: data, arrivedAt: dataUpdatedAt }) : null

interface LiveState extends Ends {
  readonly readings: LiveReadings | null
  readonly noPath: NoPath | null
  /** How far the browser's clock is ahead of the console's, in milliseconds; null until an answer told. */
  readonly aheadMs: number | null
}

interface Answer extends Ends {
  readonly answer: SentPath | NoPath
  /** By the browser's clock, milliseconds since the epoch. */
  readonly arrivedAt: number
}

function foldAnswer(state: LiveState | null, { from, to, answer, arrivedAt }: Answer): LiveState {
  const known = state?.aheadMs ?? null
  if (!isPath(answer)) return { from, to, readings: null, noPath: answer, aheadMs: known }
  const { path, aheadMs } = inBrowserTime(answer, arrivedAt, known)
  const readings = state?.readings ? foldReading(state.readings, path) : firstReading(path)
  return { from, to, readings, noPath: null, aheadMs }
}
