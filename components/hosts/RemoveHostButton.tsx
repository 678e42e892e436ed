'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { useRenewDesign } from '@/components/lib/use-renew'
import { useNavigate } from '@/components/lib/use-navigate'
import { refusalOf } from '@/components/networks/removal'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { IconButton } from '@/components/ui/IconButton'
import type { HostDetail } from '@/server/core/api-types'

export function RemoveHostButton({ detail: { host } }: { readonly detail: HostDetail }) {
  const navigate = useNavigate()
  const trpc = useTRPC()
  const renew = useRenewDesign()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation(
    trpc.hosts.remove.mutationOptions({
      onSuccess: () => {
        navigate.push(routes.hosts())
        void renew()
      },
    }),
  )
  const { data: design } = useQuery(trpc.topology.get.queryOptions())
  const refusal = design ? refusalOf(design.topology, { kind: 'host', item: host }) : null
  return (
    <>
      <IconButton label="Remove host" disabledReason={refusal} onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => remove.mutate({ id: host.id })}
        title={`Remove host ${host.name}?`}
        confirmLabel="Remove host"
        isBusy={remove.isPending}
        error={remove.error && <ErrorNote error={appError(remove.error)} />}
      >
        {host.isPrepared
          ? 'The next plan takes the console’s bridges, tunnels and flows off the host. How to enter it is kept until then.'
          : 'Nothing changes on the host itself.'}
      </ConfirmDialog>
    </>
  )
}
