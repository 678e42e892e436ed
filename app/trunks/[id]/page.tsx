import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { firstDhcpClient } from '@/components/trunks/guest/dhcp-clients'
import { TrunkPage } from '@/components/trunks/TrunkPage'
import { trunkParams } from '@/components/trunks/view-params'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Trunk' }

const loadView = createLoader(trunkParams)

interface TrunkRouteProps {
  readonly params: Promise<{ readonly id: string }>
  readonly searchParams: Promise<SearchParams>
}

export default async function TrunkRoute({ params, searchParams }: TrunkRouteProps) {
  const { id } = await params
  const { tab } = await loadView(searchParams)
  const { trpc, prefetch } = await firstData()
  await Promise.all([
    prefetch(trpc.trunks.get.queryOptions({ id })),
    prefetch(trpc.topology.get.queryOptions()),
    tab === 'guest' && prefetch(trpc.trunks.guestCommands.queryOptions({ id, dhcpClient: firstDhcpClient })),
    tab === 'audit' && prefetch(trpc.trunks.audit.queryOptions({ id })),
  ])
  return (
    <HydrateClient>
      <TrunkPage key={id} trunkId={id} />
    </HydrateClient>
  )
}
