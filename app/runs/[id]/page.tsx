import type { Metadata } from 'next'

import { RunPage } from '@/components/runs/RunPage'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Run' }

interface RunRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function RunRoute({ params }: RunRouteProps) {
  const { id } = await params
  const { trpc, prefetch } = await firstData()
  const run = await prefetch(trpc.runs.get.queryOptions({ id }))
  if (run?.status === 'succeeded') await prefetch(trpc.paths.endpoints.queryOptions())
  return (
    <HydrateClient>
      <RunPage key={id} runId={id} />
    </HydrateClient>
  )
}
