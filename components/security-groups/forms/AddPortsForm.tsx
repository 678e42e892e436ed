'use client'

import { useState } from 'react'

import { tickColumn } from '@/components/design/columns'
import { useTicks } from '@/components/design/use-ticks'
import { fieldError } from '@/components/lib/app-error'
import { FormDialog } from '@/components/lib/FormDialog'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPCClient } from '@/components/lib/trpc'
import { useSave } from '@/components/networks/forms/use-save'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { FieldError } from '@/components/ui/FieldError'
import { TextInput } from '@/components/ui/TextInput'
import { plural } from '@/server/core/explain/words'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'
import { MAX_PORTS_AT_ONCE } from '@/server/core/topology/kinds/security-group/security-group-input'

import { PortGroups } from '../PortGroups'
import { filterPortsIn, portsFor } from '../security-group-rows'

interface AddPortsFormProps {
  readonly index: TopologyIndex
  readonly group: SecurityGroup
  readonly onClose: () => void
}

/** Any number in one edit, so that one plan filters them; they stay in the groups that they are in. */
export function AddPortsForm({ index, group, onClose }: AddPortsFormProps) {
  const client = useTRPCClient()
  const [filter, setFilter] = useState('')
  const { ticks, tick } = useTicks()
  const candidates = portsFor(index, group)
  const portIds = candidates.map(({ id }) => id).filter((id) => ticks.has(id))
  const what = plural(portIds.length, 'port')
  const save = useSave(() => client.securityGroups.addPorts.mutate({ id: group.id, portIds }), {
    news: `${what} added to ${group.name}`,
    onSaved: onClose,
  })
  return (
    <FormDialog
      title={`Add ports to ${group.name}`}
      description="They stay in the groups that they are in; what a rule of any group allows may pass. A port from before security groups is filtered from then on."
      submitLabel={portIds.length === 0 ? 'Add ports' : `Add ${what}`}
      size="lg"
      onSubmit={() => save.mutate()}
      onClose={onClose}
      isBusy={save.isPending}
      error={save.error}
      fields={['portIds']}
      disabledReason={whyNot(candidates.length, portIds.length)}
    >
      <TextInput label="Find ports" value={filter} onValueChange={setFilter} />
      <div className="h-72 rounded-md border border-line">
        <DataTable
          label="Ports to add"
          isVirtual
          columns={columnsOf(index, ticks, tick)}
          rows={filterPortsIn(index, candidates, filter)}
          rowKey={({ id }) => id}
          empty={<p className="p-3 text-dim">{candidates.length === 0 ? NOBODY : 'No port matches.'}</p>}
        />
      </div>
      <FieldError message={fieldError(save.error, 'portIds')} />
    </FormDialog>
  )
}

const NOBODY = 'Every port of the project that has port security is in it already.'

function whyNot(candidates: number, ticked: number): string | null {
  if (candidates === 0) return NOBODY
  if (ticked === 0) return 'Tick the ports to add.'
  return ticked > MAX_PORTS_AT_ONCE ? `At most ${MAX_PORTS_AT_ONCE} ports are added at once.` : null
}

const columnsOf = (
  index: TopologyIndex,
  ticks: ReadonlySet<string>,
  tick: (id: string, isTicked: boolean) => void,
): readonly Column<Port>[] => [
  tickColumn({ id: ({ id }) => id, name: (port) => labelPort(index.topology, port), ticked: ticks, onTick: tick }),
  {
    key: 'port',
    header: 'Port',
    sortBy: (port) => labelPort(index.topology, port),
    cell: (port) => <span title={labelPort(index.topology, port)}>{labelPort(index.topology, port)}</span>,
  },
  {
    key: 'network',
    header: 'Network',
    width: '18%',
    sortBy: (port) => index.network(port.networkId)?.name,
    cell: (port) => index.network(port.networkId)?.name,
  },
  { key: 'addresses', header: 'Addresses', width: '20%', sortBy: addressText, cell: (port) => <Mono value={addressText(port) || '–'} /> },
  {
    key: 'host',
    header: 'Host',
    width: '14%',
    sortBy: (port) => index.host(port.hostId)?.name,
    cell: (port) => index.host(port.hostId)?.name,
  },
  { key: 'groups', header: 'In now', width: '22%', cell: (port) => <PortGroups index={index} port={port} /> },
]
