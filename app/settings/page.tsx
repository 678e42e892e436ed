import type { Metadata } from 'next'

import { SettingsPage } from '@/components/settings/SettingsPage'

import { firstData, HydrateClient } from '../first-data'

export const metadata: Metadata = { title: 'Settings' }

export default async function Settings() {
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.settings.getRetention.queryOptions())
  return (
    <HydrateClient>
      <SettingsPage />
    </HydrateClient>
  )
}
