import type { Metadata } from 'next'

import { WaysPage } from '@/components/floating-ips/ways/WaysPage'

import { firstData, HydrateClient } from '../../../first-data'

export const metadata: Metadata = { title: 'Floating IP by hand' }

interface WaysRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function WaysRoute({ params }: WaysRouteProps) {
  const { id } = await params
  const { trpc, prefetch } = await firstData()
  await Promise.all([prefetch(trpc.topology.get.queryOptions()), prefetch(trpc.floatingIps.ways.queryOptions({ id }))])
  return (
    <HydrateClient>
      <WaysPage key={id} floatingIpId={id} />
    </HydrateClient>
  )
}
