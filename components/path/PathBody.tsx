'use client'

import { Route } from 'lucide-react'
import Link from 'next/link'
import { explainNoPath } from '@/server/core/explain/hop'
import type { ReactNode } from 'react'

import { appError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/EmptyState'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Skeleton } from '@/components/ui/Skeleton'
import { VerificationStrip } from '@/components/verification/VerificationStrip'
import type { useVerification } from '@/components/verification/use-verification'
import type { Endpoint } from '@/server/core/path/path'

import type { PathParams } from './path-params'
import { PathView } from './PathView'
import type { LivePath } from './use-live-path'

interface PathBodyProps {
  readonly params: PathParams
  /** undefined while they are asked for. */
  readonly endpoints: readonly Endpoint[] | undefined
  readonly endpointsError: unknown
  readonly live: LivePath
  readonly verification: ReturnType<typeof useVerification>
}

export function PathBody({ params, endpoints, endpointsError, live, verification }: PathBodyProps) {
  const { progress } = verification
  const failure = endpointsError ?? (live.readings === null ? live.error : null)
  if (failure)
    return (
      <Padded>
        <ErrorNote error={appError(failure)} title="Finding the path" />
      </Padded>
    )
  if (endpoints === undefined) return <DrawingSkeleton />
  if (endpoints.length === 0) return <NoEndpoints />
  if (params.from === null || params.to === null) return <PickEnds />
  if (live.noPath)
    return (
      <Padded>
        <EmptyState Icon={Route} title="No path">
          {explainNoPath(live.noPath)}
        </EmptyState>
      </Padded>
    )
  if (live.readings === null) return <DrawingSkeleton />
  return (
    <>
      {live.error ? (
        <Padded>
          <ErrorNote error={appError(live.error)} title="Reading fresh counters" />
        </Padded>
      ) : null}
      {verification.error ? (
        <Padded>
          <ErrorNote error={appError(verification.error)} title="Following the verification" />
        </Padded>
      ) : null}
      {progress && <VerificationStrip progress={progress} onClose={() => params.showVerification(null)} />}
      <PathView
        readings={live.readings}
        verification={progress?.verification ?? null}
        selectedHopId={params.hop}
        onSelect={params.selectHop}
        folded={params.folded}
        onFold={params.toggleFold}
        leg={params.leg}
        onLegChange={params.showLeg}
      />
    </>
  )
}

const Padded = ({ children }: { readonly children: ReactNode }) => <div className="shrink-0 p-3">{children}</div>

function PickEnds() {
  return (
    <EmptyState Icon={Route} title="Choose two ends">
      Every hop between them is drawn once: what the design says, what the hosts have, and what the packets do.
    </EmptyState>
  )
}

function NoEndpoints() {
  return (
    <EmptyState
      Icon={Route}
      title="No port to start from yet"
      action={
        <Link href={routes.topology()} className={buttonClass('primary')}>
          Design a network
        </Link>
      }
    >
      A path begins and ends at a VM, a DHCP server, a router or a floating IP, or outside: one end at least is bound to a host.
    </EmptyState>
  )
}

function DrawingSkeleton() {
  return (
    <div role="status" aria-busy="true" aria-label="Loading" className="flex flex-col gap-3 p-3">
      <Skeleton className="h-6 w-1/2" />
      <Skeleton className="h-52 w-full" />
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  )
}
