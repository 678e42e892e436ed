import type { Metadata } from 'next'

import { RouterPage } from '@/components/routers/RouterPage'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Router' }

interface RouterRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function RouterRoute({ params }: RouterRouteProps) {
  const { id } = await params
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.topology.get.queryOptions())
  return (
    <HydrateClient>
      <RouterPage key={id} routerId={id} />
    </HydrateClient>
  )
}
