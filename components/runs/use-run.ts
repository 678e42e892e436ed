'use client'

// One run, going on or kept: what is stored, with the events of the stream folded onto it.

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useMemo, useState } from 'react'

import { useTRPC } from '@/components/lib/trpc'
import { isRunOpen, type RunEvent } from '@/server/core/plan/run'

import { foldRun } from './fold-run'

export function useRun(runId: string) {
  const trpc = useTRPC()
  const [events, setEvents] = useState<readonly RunEvent[]>([])
  const stored = useQuery(trpc.runs.get.queryOptions({ id: runId }))
  const isOpen = stored.data !== undefined && isRunOpen(stored.data)
  const stream = useSubscription(
    trpc.runs.watch.subscriptionOptions(isOpen ? { runId } : skipToken, {
      onData: ({ data }) => setEvents((before) => [...before.filter((event) => event.runId === data.runId), data]),
    }),
  )
  const data = useMemo(() => (stored.data ? events.reduce(foldRun, stored.data) : undefined), [stored.data, events])
  return { query: { ...stored, data }, streamError: stream.error ?? null }
}
