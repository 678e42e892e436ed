'use client'

// One verification, running or kept: what is stored, with the events of the stream folded onto it.

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useMemo, useState } from 'react'

import { useTRPC } from '@/components/lib/trpc'
import type { VerificationEvent } from '@/server/core/path/verification'

import { foldVerification } from './fold-verification'

export function useVerification(verificationId: string | null) {
  const trpc = useTRPC()
  const [events, setEvents] = useState<readonly VerificationEvent[]>([])
  const stored = useQuery(trpc.verifications.get.queryOptions(verificationId === null ? skipToken : { id: verificationId }))
  const isRunning = stored.data?.status === 'running'
  const stream = useSubscription(
    trpc.verifications.watch.subscriptionOptions(verificationId !== null && isRunning ? { verificationId } : skipToken, {
      onData: ({ data }) => setEvents((before) => [...before.filter((event) => event.verificationId === data.verificationId), data]),
    }),
  )
  const progress = useMemo(
    () => (stored.data ? events.reduce(foldVerification, { verification: stored.data, message: null }) : null),
    [stored.data, events],
  )
  return { query: stored, progress, error: stored.error ?? stream.error ?? null }
}
