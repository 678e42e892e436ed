import type { Metadata } from 'next'

import { GatewayPage } from '@/components/gateways/GatewayPage'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Gateway cluster' }

interface GatewayRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function GatewayRoute({ params }: GatewayRouteProps) {
  const { id } = await params
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <GatewayPage key={id} clusterId={id} />
    </HydrateClient>
  )
}
