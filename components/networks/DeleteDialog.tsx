'use client'

import { useMutation } from '@tanstack/react-query'

import { appError } from '@/components/lib/app-error'
import type { DesignObject, TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'

import { useEditDone } from './forms/use-edit-done'
import { describeRemoval } from './removal'

interface DeleteDialogProps {
  readonly index: TopologyIndex
  readonly id: string
  readonly object: DesignObject
  readonly onClose: () => void
}

export function DeleteDialog({ index, id, object, onClose }: DeleteDialogProps) {
  const client = useTRPCClient()
  const done = useEditDone()
  const { what, verb, destroyed, refusal } = describeRemoval(index, object)
  const routers: Record<DesignObject['kind'], { readonly remove: { mutate: (input: { id: string }) => Promise<unknown> } }> = {
    project: client.projects,
    physicalNetwork: client.physicalNetworks,
    network: client.networks,
    subnet: client.subnets,
    port: client.ports,
    vm: client.vms,
  }
  const remove = useMutation({
    mutationFn: () => routers[object.kind].remove.mutate({ id }),
    onSuccess: async () => {
      await done(`Deleted ${what}`)
      onClose()
    },
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={`Delete ${what}?`}
      destroyed={destroyed}
      confirmLabel={verb}
      isBusy={remove.isPending}
      disabledReason={refusal}
      error={remove.error && <ErrorNote error={appError(remove.error)} />}
    >
      {refusal ??
        'It leaves the design now. Hosts keep it until the next plan is applied; until then the change can be discarded.'}
    </ConfirmDialog>
  )
}
