import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { HostPage } from '@/components/hosts/HostPage'
import { hostParams } from '@/components/hosts/view-params'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Host' }

const loadView = createLoader(hostParams)

interface HostRouteProps {
  readonly params: Promise<{ readonly id: string }>
  readonly searchParams: Promise<SearchParams>
}

export default async function HostRoute({ params, searchParams }: HostRouteProps) {
  const { id } = await params
  const { tab } = await loadView(searchParams)
  const { trpc, prefetch } = await firstData()
  await Promise.all([
    prefetch(trpc.hosts.get.queryOptions({ id })),
    prefetch(trpc.topology.get.queryOptions()),
    (tab === 'inside' || tab === 'settings') && prefetch(trpc.hosts.inside.queryOptions({ id })),
    tab === 'settings' && prefetch(trpc.physicalNetworks.list.queryOptions()),
  ])
  return (
    <HydrateClient>
      <HostPage key={id} hostId={id} />
    </HydrateClient>
  )
}
