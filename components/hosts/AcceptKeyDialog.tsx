'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { useTRPC, useTRPCClient } from '@/components/lib/trpc'
import { useRenewDesign } from '@/components/lib/use-renew'
import { Button } from '@/components/ui/Button'
import { Dialog } from '@/components/ui/Dialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { SkeletonRows } from '@/components/ui/Skeleton'
import type { HostAccessSummary } from '@/server/core/api-types'

import { FingerprintCheck } from './FingerprintCheck'
import { useReadHost } from './use-read-host'

interface AcceptKeyDialogProps {
  readonly hostId: string
  readonly hostName: string
  readonly access: HostAccessSummary
  readonly onClose: () => void
}

/** Recovery from a missing or changed host key: read what the address shows now, compare, accept. */
export function AcceptKeyDialog({ hostId, hostName, access, onClose }: AcceptKeyDialogProps) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const renew = useRenewDesign()
  const readHost = useReadHost()
  const [isCompared, setCompared] = useState(false)
  const { address, port } = access
  const shown = useQuery({
    queryKey: ['shown-host-key', address, port],
    queryFn: () => client.hosts.readKey.mutate({ address, port }),
    gcTime: 0,
    retry: false,
  })
  const accept = useMutation(
    trpc.hosts.acceptKey.mutationOptions({
      onSuccess: async () => {
        await renew()
        readHost.run(hostId)
        onClose()
      },
    }),
  )
  const error = shown.error ?? accept.error
  return (
    <Dialog
      isOpen
      onClose={onClose}
      onSubmit={() => shown.data && accept.mutate({ id: hostId, fingerprint: shown.data.fingerprint })}
      title={`Compare the host key of ${hostName}`}
      description="Accept another key only when you know why it is another one: the host was reinstalled, or its keys were renewed."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="danger"
            isBusy={accept.isPending}
            disabledReason={isCompared && shown.data ? null : 'Compare the fingerprint first.'}
          >
            Accept this key
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {shown.isLoading && <SkeletonRows count={4} />}
        {shown.data && (
          <FingerprintCheck
            address={`${address}:${port}`}
            hostKey={shown.data}
            pinned={access.fingerprint}
            isCompared={isCompared}
            onComparedChange={setCompared}
          />
        )}
        {error && (
          <ErrorNote error={appError(error)} actions={shown.error && <Button onClick={() => shown.refetch()}>Read it again</Button>} />
        )}
      </div>
    </Dialog>
  )
}
