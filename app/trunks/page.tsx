import type { Metadata } from 'next'

import { TrunksPage } from '@/components/trunks/TrunksPage'

export const metadata: Metadata = { title: 'Trunks' }

export default function Trunks() {
  return <TrunksPage />
}
