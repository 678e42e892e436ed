import type { Metadata } from 'next'

import { GatewaysPage } from '@/components/gateways/GatewaysPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Gateway clusters' }

export default async function Gateways() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <GatewaysPage />
    </HydrateClient>
  )
}
