'use client'

import { appError } from '@/components/lib/app-error'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useSave } from '@/components/networks/forms/use-save'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
import { plural } from '@/server/core/explain/words'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { ObjectOf } from '@/server/core/topology/topology'

interface RemoveInterfaceDialogProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
  readonly port: Port
  readonly onClose: () => void
}

export function RemoveInterfaceDialog({ index, router, port, onClose }: RemoveInterfaceDialogProps) {
  const client = useTRPCClient()
  const network = index.network(port.networkId)?.name ?? port.networkId
  const guests = index
    .portsOf(port.networkId)
    .filter(({ deviceOwner }) => deviceOwner === 'compute:nova' || deviceOwner === 'trunk:subport')
  const remove = useSave(() => client.routers.removeInterface.mutate({ id: router.id, portId: port.id }), {
    news: `Interface removed from ${router.name}`,
    onSaved: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={`Remove interface ${addressText(port)} from ${router.name}?`}
      destroyed={[`port ${addressText(port)} in ${network}`]}
      confirmLabel="Remove interface"
      isBusy={remove.isPending}
      error={remove.error && <ErrorNote error={appError(remove.error)} />}
    >
      {`${guests.length === 0 ? 'No guest is in the network.' : `${plural(guests.length, 'guest port')} in ${network} lose the way by this router.`} Hosts keep the interface until the next plan is applied.`}
    </ConfirmDialog>
  )
}
