'use client'

import { useState } from 'react'

import { appError } from '@/components/lib/app-error'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useSave } from '@/components/networks/forms/use-save'
import { Checkbox } from '@/components/ui/Checkbox'
import { ConfirmDialog } from '@/components/ui/ConfirmDialog'
import { ErrorNote } from '@/components/ui/ErrorNote'
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
  const what = plural(portIds.length, 'subport')
  const remove = useSave(() => client.trunks.removeSubports.mutate({ id: trunk.id, portIds: [...portIds], deletesPorts }), {
    news: `${what} removed`,
    onSaved: onRemoved,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      onConfirm={() => remove.mutate()}
      title={`Remove ${what} from ${labelTrunk(index.topology, trunk)}?`}
      destroyed={ports.map((port) =>
        [labelPort(index.topology, port), index.network(port.networkId)?.name, addressText(port)].filter(Boolean).join(' · '),
      )}
      confirmLabel={`Remove ${what}`}
      isBusy={remove.isPending}
      error={remove.error && <ErrorNote error={appError(remove.error)} />}
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
    </ConfirmDialog>
  )
}
