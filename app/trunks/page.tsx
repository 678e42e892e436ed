import type { Metadata } from 'next'

import { TrunksPage } from '@/components/trunks/TrunksPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Trunks' }

export default async function Trunks() {
  const { trpc, prefetch } = await firstData()
  await Promise.all([prefetch(trpc.trunks.list.queryOptions()), prefetch(trpc.topology.get.queryOptions())])
  return (
    <HydrateClient>
      <TrunksPage />
    </HydrateClient>
  )
}
