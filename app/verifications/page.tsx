import type { Metadata } from 'next'

import { VerificationsPage } from '@/components/verification/VerificationsPage'

export const metadata: Metadata = { title: 'Verifications' }

export default function Verifications() {
  return <VerificationsPage />
}
