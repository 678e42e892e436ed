'use client'

import { useQueryClient } from '@tanstack/react-query'

import { renewQueries } from './renew-queries'
import { useTRPC } from './trpc'

/** Asks again for what an edit of ours changed, and waits for it, so that a form closes onto what it made. */
export function useRenewDesign(): () => Promise<void> {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return async () => {
    const nouns = [trpc.topology, trpc.changes, trpc.overview, trpc.hosts, trpc.trunks, trpc.nestedUplinks]
    await Promise.all(nouns.map((noun) => renewQueries(queryClient, noun.pathFilter())))
  }
}
