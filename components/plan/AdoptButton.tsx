'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { useTRPC } from '@/components/lib/trpc'
import { useRenewDesign } from '@/components/lib/use-renew'
import { Button } from '@/components/ui/Button'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { Mono } from '@/components/ui/Mono'
import { useToast } from '@/components/ui/Toast'

interface AdoptButtonProps {
  readonly hostId: string
  readonly hostName: string
  readonly formerId: string
}

/** Takes over what another registration of the machine left on it. Only the design changes; the next plan shows what follows. */
export function AdoptButton({ hostId, hostName, formerId }: AdoptButtonProps) {
  const trpc = useTRPC()
  const renew = useRenewDesign()
  const { show } = useToast()
  const [isAsking, setAsking] = useState(false)
  const adopt = useMutation(
    trpc.hosts.adopt.mutationOptions({
      onSuccess: async () => {
        await renew()
        setAsking(false)
        show({
          status: 'ok',
          title: `${hostName} adopts what is left there`,
          detail: 'Nothing has changed on the host yet: make a new plan.',
        })
      },
    }),
  )
  return (
    <>
      <Button size="sm" className="shrink-0" onClick={() => setAsking(true)}>
        Adopt
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => adopt.mutate({ id: hostId, formerId })}
        title={`Adopt what is left on ${hostName}?`}
        confirmLabel="Adopt"
        isBusy={adopt.isPending}
        error={adopt.error && <ErrorNote error={appError(adopt.error)} />}
      >
        <p>
          Everything on {hostName} that carries the mark of registration <Mono value={formerId} /> counts as this console’s own. The next
          plan marks anew what the design has and removes what it has not, VMs included. Nothing happens before you apply it.
        </p>
        <p className="mt-2">Do this only when no other console uses this host any more.</p>
      </ConfirmDialog>
    </>
  )
}
