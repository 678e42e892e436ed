'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { indexTopology } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { emptyTopology } from '@/server/core/topology/complete-topology'

/** The design with its look-ups; empty until it is there. */
export function useDesignIndex() {
  const trpc = useTRPC()
  const query = useQuery(trpc.topology.get.queryOptions())
  const index = useMemo(() => indexTopology(query.data?.topology ?? emptyTopology, query.data?.changes ?? []), [query.data])
  return { query, index }
}
