import type { Metadata } from 'next'

import { VerificationPage } from '@/components/verification/VerificationPage'

import { firstData, HydrateClient } from '../../first-data'

export const metadata: Metadata = { title: 'Verification' }

interface VerificationRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function VerificationRoute({ params }: VerificationRouteProps) {
  const { id } = await params
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.verifications.get.queryOptions({ id }))
  return (
    <HydrateClient>
      <VerificationPage key={id} verificationId={id} />
    </HydrateClient>
  )
}
