'use client'

import { appError } from '@/components/lib/app-error'
import { Page } from '@/components/shell/Page'
import { Button } from '@/components/ui/Button'
import { ErrorNote } from '@/components/ui/ErrorNote'

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string }
  readonly reset: () => void
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const known = 'data' in error ? appError(error) : { code: 'internal' as const, message: error.message || 'The page failed.' }
  return (
    <Page title="This page failed">
      <ErrorNote
        error={known}
        title={error.digest ? `Reference ${error.digest}` : 'Drawing the page'}
        actions={<Button onClick={reset}>Draw it again</Button>}
      />
    </Page>
  )
}
