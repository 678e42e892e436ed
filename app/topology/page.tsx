import type { Metadata } from 'next'

import { TopologyPage } from '@/components/topology/TopologyPage'

export const metadata: Metadata = { title: 'Topology' }

export default function Topology() {
  return <TopologyPage />
}
