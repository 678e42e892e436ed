'use client'

import { useMutation } from '@tanstack/react-query'
import Link from 'next/link'
import { parseAsString, useQueryState } from 'nuqs'

import { appError } from '@/components/lib/app-error'
import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { Age } from '@/components/ui/Age'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { StatusMark } from '@/components/ui/StatusMark'
import { useToast } from '@/components/ui/Toast'
import { verificationStatusWord } from '@/server/core/explain/verification'
import { duration } from '@/server/core/explain/words'
import type { Verification } from '@/server/core/path/verification'

import { verificationStatus } from './evidence-status'
import { useVerification } from './use-verification'
import { VerificationView } from './VerificationView'

/** One verification, live while it runs, kept afterwards. */
export function VerificationPage({ verificationId }: { readonly verificationId: string }) {
  const { query, progress } = useVerification(verificationId)
  const [hop, setHop] = useQueryState('hop', parseAsString)
  const verification = progress?.verification
  return (
    <Page
      title={verification ? `${verification.source.label} → ${verification.destination.label}` : 'Verification'}
      meta={verification && <VerificationMeta verification={verification} />}
      actions={verification && <VerificationActions verification={verification} />}
    >
      <QueryBoundary query={{ ...query, data: progress ?? undefined }} act="Loading the verification">
        {(data) => (
          <VerificationView
            verification={data.verification}
            message={data.message}
            selectedHopId={hop}
            onSelect={(hopId) => void setHop(hopId)}
          />
        )}
      </QueryBoundary>
    </Page>
  )
}

function VerificationMeta({ verification: { status, source, startedAt, durationMs } }: { readonly verification: Verification }) {
  return (
    <>
      <StatusMark status={verificationStatus[status]} label={verificationStatusWord[status]} className="font-medium" />
      <span>{source.networkName}</span>
      <Age at={startedAt} />
      {durationMs !== null && <span>took {duration(durationMs)}</span>}
    </>
  )
}

function VerificationActions({ verification: { id, status, source, destination } }: { readonly verification: Verification }) {
  const trpc = useTRPC()
  const { show } = useToast()
  const cancel = useMutation(
    trpc.verifications.cancel.mutationOptions({
      onError: (error) => show({ status: 'bad', title: 'The verification was not cancelled', detail: appError(error).message }),
    }),
  )
  return (
    <>
      {status === 'running' && (
        <Button isBusy={cancel.isPending} onClick={() => cancel.mutate({ verificationId: id })}>
          Cancel verification
        </Button>
      )}
      <Link href={routes.path({ from: source.id, to: destination.id, verification: id })} className={buttonClass()}>
        Show on the path
      </Link>
    </>
  )
}
