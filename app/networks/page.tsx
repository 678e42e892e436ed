import type { Metadata } from 'next'
import { createLoader, type SearchParams } from 'nuqs/server'

import { NetworksPage } from '@/components/networks/NetworksPage'
import { networksParams } from '@/components/networks/view-params'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Networks' }

const loadView = createLoader(networksParams)

interface NetworksProps {
  readonly searchParams: Promise<SearchParams>
}

export default async function Networks({ searchParams }: NetworksProps) {
  const { sel } = await loadView(searchParams)
  const { trpc, prefetch } = await firstData()
  const design = await prefetch(trpc.topology.get.queryOptions())
  const vm = design?.topology.vms.find(({ id }) => id === sel)
  if (vm) await prefetch(trpc.nestedUplinks.list.queryOptions({ vmId: vm.id }))
  return (
    <HydrateClient>
      <NetworksPage />
    </HydrateClient>
  )
}
