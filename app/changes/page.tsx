import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { ChangesPage } from '@/components/plan/ChangesPage'
import { changesParams } from '@/components/plan/view-params'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Changes' }

const loadView = createLoader(changesParams)

interface ChangesProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Changes({ searchParams }: ChangesProps) {
  const { plan, about } = await loadView(searchParams)
  const { trpc, prefetch } = await firstData()
  await Promise.all([
    prefetch(trpc.changes.list.queryOptions()),
    // Of a plan its objects are named.
    (about !== null || plan !== null) && prefetch(trpc.topology.get.queryOptions()),
    plan === null ? prefetch(trpc.topology.lint.queryOptions()) : prefetch(trpc.plans.get.queryOptions({ id: plan })),
  ])
  return (
    <HydrateClient>
      <ChangesPage />
    </HydrateClient>
  )
}
