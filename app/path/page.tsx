import type { Metadata } from 'next'

import { PathPage } from '@/components/path/PathPage'

export const metadata: Metadata = { title: 'Path' }

export default function Path() {
  return <PathPage />
}
