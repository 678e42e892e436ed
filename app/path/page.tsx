import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { PathPage } from '@/components/path/PathPage'
import { pathParams } from '@/components/path/view-params'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Path' }

const loadView = createLoader(pathParams)

interface PathProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Path({ searchParams }: PathProps) {
  const { from, to, verification } = await loadView(searchParams)
  const { trpc, prefetch } = await firstData()
  await Promise.all([
    prefetch(trpc.paths.endpoints.queryOptions()),
    from !== null && to !== null && prefetch(trpc.paths.get.queryOptions({ from, to })),
    verification !== null && prefetch(trpc.verifications.get.queryOptions({ id: verification })),
  ])
  return (
    <HydrateClient>
      <PathPage />
    </HydrateClient>
  )
}
