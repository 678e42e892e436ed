import type { Metadata } from 'next'

import { FloatingIpsPage } from '@/components/floating-ips/FloatingIpsPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Floating IPs' }

export default async function FloatingIps() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <FloatingIpsPage />
    </HydrateClient>
  )
}
