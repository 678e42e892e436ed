'use client'

// Runs the commands of one subport after the other, so that each result is seen as it comes and the rest can be stopped.

import { useRef, useState } from 'react'

import { appError, type ClientError } from '@/components/lib/app-error'
import { useTRPCClient } from '@/components/lib/trpc'
import type { GuestRun } from '@/server/core/api-types'
import type { DhcpClient } from '@/server/core/trunk/guest-commands'

export interface GuestRuns {
  /** By port, of the last attempt. */
  readonly results: ReadonlyMap<string, GuestRun>
  /** The subport whose commands run now. */
  readonly runningId: string | null
  readonly waitingCount: number
  readonly error: ClientError | null
  readonly run: (portIds: readonly string[], dhcpClient: DhcpClient) => Promise<void>
  /** After the subport under way. */
  readonly stop: () => void
}

export function useGuestRuns(trunkId: string): GuestRuns {
  const client = useTRPCClient()
  const [results, setResults] = useState<ReadonlyMap<string, GuestRun>>(new Map())
  const [queue, setQueue] = useState<readonly string[]>([])
  const [error, setError] = useState<ClientError | null>(null)
  const isStopped = useRef(false)
  const run = async (portIds: readonly string[], dhcpClient: DhcpClient) => {
    isStopped.current = false
    setError(null)
    setResults((all) => new Map([...all].filter(([id]) => !portIds.includes(id))))
    try {
      for (const [at, portId] of portIds.entries()) {
        if (isStopped.current) break
        setQueue(portIds.slice(at))
        const runs = await client.trunks.configureGuest.mutate({ id: trunkId, portIds: [portId], dhcpClient })
        setResults((all) => new Map([...all, ...runs.map((each) => [each.portId, each] as const)]))
      }
    } catch (failure) {
      setError(appError(failure))
    }
    setQueue([])
  }
  return {
    results,
    runningId: queue[0] ?? null,
    waitingCount: Math.max(0, queue.length - 1),
    error,
    run,
    stop: () => (isStopped.current = true),
  }
}
