import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { RunsPage } from '@/components/runs/RunsPage'
import { runsParams } from '@/components/runs/view-params'

import { byPages } from '@/components/lib/paged-list'
import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Runs' }

const loadView = createLoader(runsParams)

interface RunsProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Runs({ searchParams }: RunsProps) {
  const { tab, revision } = await loadView(searchParams)
  const { trpc, prefetch, prefetchPages } = await firstData()
  await Promise.all([
    prefetchPages(trpc.runs.list.infiniteQueryOptions({}, byPages)),
    prefetchPages(trpc.revisions.list.infiniteQueryOptions({}, byPages)),
    prefetch(trpc.operations.list.queryOptions()),
    tab === 'revisions' && revision !== null && prefetch(trpc.revisions.get.queryOptions({ number: revision })),
  ])
  return (
    <HydrateClient>
      <RunsPage />
    </HydrateClient>
  )
}
