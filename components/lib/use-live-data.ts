'use client'

// One subscription per page: when the design, a run, an observation or a verification changed, what the page shows of it
// is asked for again, of the design only what the edit touched. Nothing polls.

import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'

import type { TopologyTick } from '@/server/core/api-types'

import { noteNews } from './first-data'
import { concernedByTick } from './concerned-by-tick'
import { renewQueries } from './renew-queries'
import { useTRPC } from './trpc'

export type LinkState = 'connecting' | 'live' | 'lost'

/** Keeps the cache true. Mounted once, by the shell; says whether news arrives. */
export function useLiveData(): LinkState {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const renew = (tick: TopologyTick) => {
    const { hasMissed } = noteNews(queryClient, tick.news)
    // At the first connection something may have changed since the page was read, after a lost one anything may have.
    if (tick.reasons.includes('opened')) {
      if (hasMissed) void renewQueries(queryClient, {})
      return
    }
    for (const name of concernedByTick(tick)) void renewQueries(queryClient, { queryKey: [name.split('.')] })
    // A run in view follows its journal; one that was left is asked for when it is opened again.
    if (tick.reasons.includes('run')) void queryClient.invalidateQueries({ ...trpc.runs.get.pathFilter(), refetchType: 'none' })
  }
  const { status, error } = useSubscription(trpc.topology.watch.subscriptionOptions({}, { onData: (event) => renew(event.data) }))
  if (error) return 'lost'
  return status === 'pending' ? 'live' : 'connecting'
}
