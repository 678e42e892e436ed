'use client'

import { RemovePartsDialog } from '@/components/design/RemovePartsDialog'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
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
  return (
    <RemovePartsDialog
      what={`interface ${addressText(port)}`}
      from={router.name}
      parts={[`port ${addressText(port)} in ${network}`]}
      send={() => client.routers.removeInterface.mutate({ id: router.id, portId: port.id })}
      onClose={onClose}
      onRemoved={onClose}
    >
      {`${guests.length === 0 ? 'No guest is in the network.' : `${plural(guests.length, 'guest port')} in ${network} lose the way by this router.`} Hosts keep the interface until the next plan is applied.`}
    </RemovePartsDialog>
  )
}
