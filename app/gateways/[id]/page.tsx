import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { GatewayPage } from '@/components/gateways/GatewayPage'
import { gatewayParams } from '@/components/gateways/view-params'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Gateway cluster' }

const loadView = createLoader(gatewayParams)

interface GatewayRouteProps {
  readonly params: Promise<{ readonly id: string }>
  readonly searchParams: Promise<SearchParams>
}

export default async function GatewayRoute({ params, searchParams }: GatewayRouteProps) {
  const { id } = await params
  const { tab } = await loadView(searchParams)
  const { trpc, prefetch } = await firstData()
  await Promise.all([
    prefetch(trpc.topology.get.queryOptions()),
    tab === 'records' && prefetch(trpc.gatewayClusters.records.queryOptions({ id })),
  ])
  return (
    <HydrateClient>
      <GatewayPage key={id} clusterId={id} />
    </HydrateClient>
  )
}
