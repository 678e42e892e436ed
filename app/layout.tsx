import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'

import { parseTheme, THEME_COOKIE } from '@/components/lib/theme'
import { Shell } from '@/components/shell/Shell'

import { firstData, HydrateClient } from './first-data'
import './globals.css'
import { Providers } from './providers'

export const metadata: Metadata = {
  title: { default: 'Tapline', template: '%s · Tapline' },
  description: 'Designs, builds, draws and proves the packet path of a cloud host.',
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  const { trpc, prefetch } = await firstData()
  await prefetch(trpc.changes.list.queryOptions())
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <Providers>
          <HydrateClient>
            <Shell theme={theme}>{children}</Shell>
          </HydrateClient>
        </Providers>
      </body>
    </html>
  )
}
