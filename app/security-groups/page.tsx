import type { Metadata } from 'next'

import { SecurityGroupsPage } from '@/components/security-groups/SecurityGroupsPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Security groups' }

export default async function SecurityGroups() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <SecurityGroupsPage />
    </HydrateClient>
  )
}
