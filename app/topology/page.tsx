import type { Metadata } from 'next'

import { showsGhosts } from '@/components/topology/graph'
import { TopologyPage } from '@/components/topology/TopologyPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Topology' }

export default async function Topology() {
  const { trpc, prefetch } = await firstData()
  const design = await prefetch(trpc.topology.get.queryOptions())
  if (design && showsGhosts(design)) await prefetch(trpc.revisions.get.queryOptions({ number: design.revision }))
  return (
    <HydrateClient>
      <TopologyPage />
    </HydrateClient>
  )
}
