'use client'

// The graph of the design in view, with ghosts from the last applied revision, and its layout from the worker.

import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { useTRPC } from '@/components/lib/trpc'
import type { TopologySnapshot } from '@/server/core/api-types'

import { deriveGraph, showsGhosts } from './graph'
import { layoutGraph } from './layout'
import { layoutQueryKey } from './layout-key'

export function useTopologyGraph(snapshot: TopologySnapshot) {
  const trpc = useTRPC()
  const { topology, changes, revision } = snapshot
  const hasGhosts = showsGhosts(snapshot)
  const applied = useQuery(trpc.revisions.get.queryOptions(hasGhosts ? { number: revision } : skipToken))
  const baseline = hasGhosts ? (applied.data?.topology ?? null) : null
  const graph = useMemo(() => deriveGraph(topology, changes, baseline), [topology, changes, baseline])
  const queryKey = useMemo(() => layoutQueryKey(graph), [graph])
  const layout = useQuery({
    queryKey,
    queryFn: () => layoutGraph(graph),
    placeholderData: keepPreviousData,
  })
  return { graph, layout }
}
