import type { Metadata } from 'next'

import { VerificationPage } from '@/components/verification/VerificationPage'

export const metadata: Metadata = { title: 'Verification' }

interface VerificationRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function VerificationRoute({ params }: VerificationRouteProps) {
  const { id } = await params
  return <VerificationPage key={id} verificationId={id} />
}
