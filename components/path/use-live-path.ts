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
  const trpc = useTRPC()
  const [live, fold] = useReducer(foldAnswer, null)
  const query = from !== null && to !== null ? { sourcePortId: from, destinationPortId: to } : null
  const own = live !== null && live.from === from && live.to === to ? live : null
  const stored = useQuery({ ...trpc.paths.get.queryOptions(query ?? skipToken), enabled: query !== null && own === null })
  const kept = stored.data
    ? foldAnswer(null, { from: from ?? '', to: to ?? '', answer: stored.data, arrivedAt: stored.dataUpdatedAt })
    : null
  const shown = query === null ? null : (own ?? kept)
  const isHeld = isPaused && shown?.noPath == null
  const stream = useSubscription(
    trpc.paths.watch.subscriptionOptions(query === null || isHeld ? skipToken : { ...query, intervalS: READING_INTERVAL_S }, {
      onData: (answer) => from !== null && to !== null && fold({ from, to, answer, arrivedAt: Date.now() }),
    }),
  )
  return {
    readings: shown?.readings ?? null,
    noPath: shown?.noPath ?? null,
    isLoading: query !== null && shown === null && stored.isLoading,
    isLive: stream.status === 'pending' && own !== null,
    error: shown === null ? (stored.error ?? stream.error) : (stream.error ?? null),
  }
}

interface LiveState {
  readonly from: string
  readonly to: string
  readonly readings: LiveReadings | null
  readonly noPath: NoPath | null
  /** How far the browser's clock is ahead of the console's, in milliseconds; null until an answer told. */
  readonly aheadMs: number | null
}

interface Answer {
  readonly from: string
  readonly to: string
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
