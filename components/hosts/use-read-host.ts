'use client'

// Reading a host: its state (observe) and what it offers (probe), one after the other over one connection. The probe's
// answer is kept in the cache, since the server does not keep it.

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { renewQueries } from '@/components/lib/renew-queries'
import { useTRPC, useTRPCClient } from '@/components/lib/trpc'
import type { HostProbe } from '@/server/core/api-types'

const probeKey = (hostId: string) => ['host-probe', hostId] as const

export function useReadHost() {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const reading = useMutation({
    mutationKey: ['read-host'],
    mutationFn: async (hostId: string) => {
      const { observedAt } = await client.hosts.observe.mutate({ id: hostId })
      queryClient.setQueryData(probeKey(hostId), await client.hosts.probe.mutate({ id: hostId }))
      return observedAt
    },
    onSettled: () => renewQueries(queryClient, trpc.hosts.pathFilter()),
  })
  return { run: reading.mutate, isReading: reading.isPending, hostId: reading.variables ?? null, error: reading.error }
}

/** What the last probe of this browser found; null before one. */
export function useLastProbe(hostId: string): HostProbe | null {
  const client = useTRPCClient()
  const { data } = useQuery<HostProbe>({
    queryKey: probeKey(hostId),
    queryFn: () => client.hosts.probe.mutate({ id: hostId }),
    enabled: false,
  })
  return data ?? null
}
