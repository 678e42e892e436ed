import type { Metadata } from 'next'

import { HostPage } from '@/components/hosts/HostPage'

export const metadata: Metadata = { title: 'Host' }

interface HostRouteProps {
  readonly params: Promise<{ readonly id: string }>
}

export default async function HostRoute({ params }: HostRouteProps) {
  const { id } = await params
  return <HostPage key={id} hostId={id} />
}
