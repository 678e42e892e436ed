import type { Metadata } from 'next'

import { HostsPage } from '@/components/hosts/HostsPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Hosts' }

export default async function Hosts() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.hosts.list.queryOptions())
  return (
    <HydrateClient>
      <HostsPage />
    </HydrateClient>
  )
}
