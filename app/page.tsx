import { OverviewPage } from '@/components/overview/OverviewPage'

import { firstData, HydrateClient } from './first-data'

export default async function Overview() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.overview.get.queryOptions())
  return (
    <HydrateClient>
      <OverviewPage />
    </HydrateClient>
  )
}
