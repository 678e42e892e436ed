'use client'

import { useQueryClient } from '@tanstack/react-query'

import { useTRPC } from './trpc'

/** Asks again for what an edit of ours changed; the subscription tells everybody else, and us too a moment later. */
export function useRenewDesign(): () => void {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return () => {
    for (const noun of [trpc.topology, trpc.changes, trpc.overview, trpc.hosts]) {
      void queryClient.invalidateQueries(noun.pathFilter())
    }
  }
}
