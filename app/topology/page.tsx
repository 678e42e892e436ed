import type { Metadata } from 'next'

import { deriveGraph, showsGhosts } from '@/components/topology/graph'
import { layoutQueryKey } from '@/components/topology/layout-key'
import { isLaidOutOnServer, layoutOnServer } from '@/components/topology/layout-on-server'
import { TopologyPage } from '@/components/topology/TopologyPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Topology' }

export default async function Topology() {
  const { trpc, prefetch } = await firstData()
  const design = await prefetch(trpc.topology.get.queryOptions())
  const applied = design && showsGhosts(design) ? await prefetch(trpc.revisions.get.queryOptions({ number: design.revision })) : undefined
  const graph = design && deriveGraph(design.topology, design.changes, applied?.topology ?? null)
  if (graph && isLaidOutOnServer(graph)) await prefetch({ queryKey: layoutQueryKey(graph), queryFn: () => layoutOnServer(graph) })
  return (
    <HydrateClient>
      <TopologyPage />
    </HydrateClient>
  )
}
