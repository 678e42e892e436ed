'use client'

// The audit of one trunk: at once from the last reading of its host, and with packets while the operator listens. What was
// heard stays until the host is read anew or somebody listens again.

import { skipToken, useQuery } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useState } from 'react'

import { useTRPC } from '@/components/lib/trpc'
import type { TrunkAudit } from '@/server/core/trunk/audit'

import { newestAudit } from './newest-audit'

/** Seconds that the tap is listened to: two pings of every interface, also of a slow guest. */
export const LISTEN_S = 5

export function useTrunkAudit(trunkId: string) {
  const trpc = useTRPC()
  const [heard, setHeard] = useState<TrunkAudit | null>(null)
  const [isListening, setListening] = useState(false)
  const query = useQuery(trpc.trunks.audit.queryOptions({ id: trunkId }))
  const stream = useSubscription(
    trpc.trunks.listen.subscriptionOptions(isListening ? { id: trunkId, listenS: LISTEN_S } : skipToken, {
      onData: (audit) => {
        setHeard(audit)
        // The last one has the packets.
        if (audit.listenedS !== null) setListening(false)
      },
      onError: () => setListening(false),
    }),
  )
  return {
    query: { ...query, data: newestAudit(trunkId, heard, query.data) },
    isListening,
    error: stream.error,
    listen: () => setListening(true),
    /** Ends the capture on the host, too. */
    stop: () => setListening(false),
  }
}
