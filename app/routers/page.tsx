import type { Metadata } from 'next'

import { RoutersPage } from '@/components/routers/RoutersPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Routers' }

export default async function Routers() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <RoutersPage />
    </HydrateClient>
  )
}
