'use client'

import { useMutation } from '@tanstack/react-query'
import { ShieldCheck, Square } from 'lucide-react'
import Link from 'next/link'

import { appError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { useToast } from '@/components/ui/Toast'
import type { VerificationProgress } from '@/components/verification/fold-verification'

import type { LiveReadings } from './live-rates'
import type { PathParams } from './path-params'

interface VerifyActionsProps {
  readonly params: PathParams
  readonly readings: LiveReadings | null
  readonly progress: VerificationProgress | null
}

/** Sends a ping and looks at every hop; while it runs, the button ends it. */
export function VerifyActions({ params, readings, progress }: VerifyActionsProps) {
  const trpc = useTRPC()
  const { show } = useToast()
  const fail = (title: string) => ({ onError: (error: unknown) => show({ status: 'bad', title, detail: appError(error).message }) })
  const start = useMutation(trpc.verifications.start.mutationOptions(fail('The verification did not start')))
  const cancel = useMutation(trpc.verifications.cancel.mutationOptions(fail('The verification was not cancelled')))
  const verificationId = progress?.verification.id ?? readings?.path.evidence?.verificationId
  const isRunning = progress?.verification.status === 'running'

  const verify = () => {
    if (params.from === null || params.to === null) return
    start.mutate({ from: params.from, to: params.to }, { onSuccess: (started) => params.showVerification(started.verificationId) })
  }
  return (
    <>
      {verificationId && !isRunning && (
        <Link href={routes.verification(verificationId)} className={buttonClass('ghost')}>
          Open evidence
        </Link>
      )}
      {isRunning && verificationId ? (
        <Button isBusy={cancel.isPending} onClick={() => cancel.mutate({ verificationId })}>
          <Square aria-hidden /> Cancel verification
        </Button>
      ) : (
        <Button
          variant="primary"
          isBusy={start.isPending}
          disabledReason={readings === null ? 'Choose two ends that have a path first.' : null}
          onClick={verify}
        >
          <ShieldCheck aria-hidden /> Verify
        </Button>
      )}
    </>
  )
}
