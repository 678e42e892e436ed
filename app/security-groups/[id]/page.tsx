import type { Metadata } from 'next'

import { SecurityGroupPage } from '@/components/security-groups/SecurityGroupPage'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Security group' }

interface SecurityGroupRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function SecurityGroupRoute({ params }: SecurityGroupRouteProps) {
  const { id } = await params
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <SecurityGroupPage key={id} groupId={id} />
    </HydrateClient>
  )
}
