import type { Metadata } from 'next'

import { TrunkPage } from '@/components/trunks/TrunkPage'

export const metadata: Metadata = { title: 'Trunk' }

interface TrunkRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function TrunkRoute({ params }: TrunkRouteProps) {
  const { id } = await params
  return <TrunkPage key={id} trunkId={id} />
}
