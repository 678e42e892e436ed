'use client'

import { useQuery } from '@tanstack/react-query'

import { appError } from '@/components/lib/app-error'
import { useTRPC } from '@/components/lib/trpc'

/** Asked when the page opens and when told to; nothing polls a guest. */
export function useGuestAgent(trunkId: string) {
  const trpc = useTRPC()
  return useQuery(trpc.trunks.guestAgent.queryOptions({ id: trunkId }, { staleTime: 0, refetchOnMount: 'always' }))
}

export type GuestAgentQuery = ReturnType<typeof useGuestAgent>

/** Why it does not answer; null when it does, or when nobody knows yet. */
export const reasonOf = ({ data, error }: GuestAgentQuery): string | null => (error ? appError(error).message : (data?.reason ?? null))

/** null: commands can be run. */
export const whyNotRun = (agent: GuestAgentQuery): string | null =>
  agent.isFetching && !agent.data ? 'The guest agent is being asked.' : reasonOf(agent)
