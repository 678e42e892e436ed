'use client'

// One subscription per page: when the design, a run, an observation or a verification changed, what the page shows of it
// is asked for again, of the design only what the edit touched. Nothing polls.

import { useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'

import type { TopologyTick } from '@/server/core/api-types'

import { noteNews } from './first-data'
import { nounsOfTick } from './nouns-of-tick'
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
    if (tick.reason === 'opened') void (hasMissed && renewQueries(queryClient, {}))
    else for (const noun of nounsOfTick(tick)) void renewQueries(queryClient, trpc[noun].pathFilter())
  }
  const { status, error } = useSubscription(trpc.topology.watch.subscriptionOptions({}, { onData: (event) => renew(event.data) }))
  if (error) return 'lost'
  return status === 'pending' ? 'live' : 'connecting'
}
