import type { Metadata } from 'next'

import { VerificationsPage } from '@/components/verification/VerificationsPage'

import { byPages } from '@/components/lib/paged-list'
import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Verifications' }

export default async function Verifications() {
  const { trpc, prefetchPages } = await firstData()
  await prefetchPages(trpc.verifications.list.infiniteQueryOptions({}, byPages))
  return (
    <HydrateClient>
      <VerificationsPage />
    </HydrateClient>
  )
}
