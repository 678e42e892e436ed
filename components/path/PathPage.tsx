'use client'

import { useQuery } from '@tanstack/react-query'

import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { useVerification } from '@/components/verification/use-verification'
import type { Endpoint } from '@/server/core/path/path'

import { PathBody } from './PathBody'
import { PathToolbar } from './PathToolbar'
import { PathPace } from './PathPace'
import { usePathParams } from './path-params'
import { useLivePath } from './use-live-path'
import { VerifyActions } from './VerifyActions'

const none: readonly Endpoint[] = []

/** The heart of the console: one path, drawn once, live. */
export function PathPage() {
  const trpc = useTRPC()
  const params = usePathParams()
  const endpoints = useQuery(trpc.paths.endpoints.queryOptions())
  const live = useLivePath(params.from, params.to, params.paused)
  const verification = useVerification(params.verification)
  return (
    <Page title="Path" isFlush actions={<VerifyActions params={params} readings={live.readings} progress={verification.progress} />}>
      <PathToolbar endpoints={endpoints.data ?? none} params={params}>
        {live.readings && <PathPace live={live} isPaused={params.paused} onPausedChange={params.setPaused} />}
      </PathToolbar>
      <PathBody params={params} endpoints={endpoints.data} endpointsError={endpoints.error} live={live} verification={verification} />
    </Page>
  )
}
