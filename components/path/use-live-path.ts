'use client'

// The path between two ports: at once from the last observations, then again and again with fresh counters while watched.
// Where there is none, the watch waits for a design that has one; a pause holds a path, never the lack of one.

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useReducer } from 'react'

import { useTRPC } from '@/components/lib/trpc'
import type { NoPath, SentPath } from '@/server/core/path/path'

import { foldAnswer, ofEnds, type Answer, type Ends } from './live-answers'
import type { LiveReadings } from './live-rates'
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

function useStoredPath(ends: Ends | null, isNeeded: boolean) {
  const trpc = useTRPC()
  return useQuery({ ...trpc.paths.get.queryOptions(ends ? ends : skipToken), enabled: ends !== null && isNeeded })
}

/** Nothing is watched without ends. */
function useWatchedPath(ends: Ends | null, onAnswer: (answer: Answer) => void) {
  const trpc = useTRPC()
  return useSubscription(
    trpc.paths.watch.subscriptionOptions(ends ? { ...ends, intervalS: READING_INTERVAL_S } : skipToken, {
      onData: (answer) => {
        if (ends) onAnswer({ ...ends, answer, arrivedAt: Date.now() })
      },
    }),
  )
}

const keptState = (ends: Ends, { data, dataUpdatedAt }: { readonly data?: SentPath | NoPath; readonly dataUpdatedAt: number }) =>
  data ? foldAnswer(null, { ...ends, answer: data, arrivedAt: dataUpdatedAt }) : null
