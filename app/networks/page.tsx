import type { Metadata } from 'next'

import { NetworksPage } from '@/components/networks/NetworksPage'

export const metadata: Metadata = { title: 'Networks' }

export default function Networks() {
  return <NetworksPage />
}
