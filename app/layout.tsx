import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'

import { parseTheme, THEME_COOKIE } from '@/components/lib/theme'
import { Shell } from '@/components/shell/Shell'

import './globals.css'
import { Providers } from './providers'

export const metadata: Metadata = {
  title: { default: 'Tapline', template: '%s · Tapline' },
  description: 'Designs, builds, draws and proves the packet path of a cloud host.',
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
  return (
    <html lang="en" data-theme={theme}>
      <body>
        <Providers>
          <Shell theme={theme}>{children}</Shell>
        </Providers>
      </body>
    </html>
  )
}
