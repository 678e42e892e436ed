'use client'

import { useState } from 'react'

import { RemovePartsDialog } from '@/components/design/RemovePartsDialog'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { Checkbox } from '@/components/ui/Checkbox'
import { plural } from '@/server/core/explain/words'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

interface RemoveSubPortsDialogProps {
  readonly index: TopologyIndex
  readonly trunk: Trunk
  readonly portIds: readonly string[]
  readonly onClose: () => void
  readonly onRemoved: () => void
}

export function RemoveSubPortsDialog({ index, trunk, portIds, onClose, onRemoved }: RemoveSubPortsDialogProps) {
  const client = useTRPCClient()
  const ports = portIds.flatMap((id) => index.port(id) ?? [])
  // Ports without a name were made for the trunk.
  const [deletesPorts, setDeletesPorts] = useState(ports.every(({ name }) => name === ''))
  return (
    <RemovePartsDialog
      what={plural(portIds.length, 'subport')}
      from={labelTrunk(index.topology, trunk)}
      parts={ports.map((port) =>
        [labelPort(index.topology, port), index.network(port.networkId)?.name, addressText(port)].filter(Boolean).join(' · '),
      )}
      send={() => client.trunks.removeSubports.mutate({ id: trunk.id, portIds: [...portIds], deletesPorts })}
      onClose={onClose}
      onRemoved={onRemoved}
    >
      <div className="flex flex-col gap-3">
        <p>They leave the design now. Hosts keep them until the next plan is applied; the parent and other subports lose no packet then.</p>
        <Checkbox
          label="Delete their ports, too"
          hint="Otherwise the ports stay, free for another use"
          isChecked={deletesPorts}
          onCheckedChange={setDeletesPorts}
        />
      </div>
    </RemovePartsDialog>
  )
}
