'use client'

import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { Button } from '@/components/ui/Button'
import { EmptyState } from '@/components/ui/EmptyState'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import type { TrunkDetail } from '@/server/core/api-types'
import { plural } from '@/server/core/explain/words'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { SubPort } from '@/server/core/topology/kinds/trunk/trunk'

import { RemoveSubPortsDialog } from './forms/RemoveSubPortsDialog'
import { SubPortsTable } from './SubPortsTable'
import type { TrunkViewState } from './use-trunk-view'

interface SubPortsPaneProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
  readonly state: TrunkViewState
}

/** The subports; those that are ticked are removed together, in one edit. */
export function SubPortsPane({ index, trunk, state }: SubPortsPaneProps) {
  const [ticks, setTicks] = useState<ReadonlySet<string>>(new Set())
  const ticked = trunk.subPorts.map(({ portId }) => portId).filter((id) => ticks.has(id))
  const { q } = state.view
  const shown = trunk.subPorts.filter((subPort) => matches(index, subPort, q))
  const lock = whyLocked(trunk)
  const add = (
    <Button
      variant={trunk.subPorts.length === 0 ? 'primary' : 'secondary'}
      disabledReason={lock ?? whyNoMore(trunk)}
      onClick={() => state.open('add')}
    >
      <Plus aria-hidden />
      Add subports
    </Button>
  )
  if (trunk.subPorts.length === 0) {
    return (
      <EmptyState title="No subports yet" action={add}>
        Each subport gives the guest one more network, as a VLAN on the same NIC. They can be added while the VM runs, without losing a
        packet.
      </EmptyState>
    )
  }
  return (
    <div className="flex h-full flex-col bg-panel">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-b border-line px-3 py-1.5">
        <FilterInput label="Filter subports" value={q} onValueChange={state.filter} count={`${shown.length} of ${trunk.subPorts.length}`} />
        <div className="ml-auto flex items-center gap-2">
          {ticked.length > 0 && (
            <Button variant="danger" disabledReason={lock} onClick={() => state.open('remove')}>
              <Trash2 aria-hidden />
              Remove {plural(ticked.length, 'subport')}
            </Button>
          )}
          {add}
        </div>
      </div>
      <div className="min-h-0 flex-1">
        {shown.length === 0 ? (
          <NoMatch
            noun="subport"
            filter={q}
            onClear={() => state.filter('')}
            searched="VLANs, names, ids, networks, MACs and addresses are searched."
          />
        ) : (
          <SubPortsTable
            index={index}
            subPorts={shown}
            selectedId={state.view.sel}
            onSelect={state.select}
            ticked={ticks}
            onTick={(id, isTicked) => setTicks(new Set(isTicked ? [...ticks, id] : [...ticks].filter((each) => each !== id)))}
            onMove={state.move}
            lock={lock}
          />
        )}
      </div>
      {state.view.do === 'remove' && ticked.length > 0 && (
        <RemoveSubPortsDialog
          index={index}
          trunk={trunk}
          portIds={ticked}
          onClose={state.closeDialog}
          onRemoved={() => {
            setTicks(new Set())
            state.closeDialog()
          }}
        />
      )}
    </div>
  )
}

/** Neutron refuses changes of a trunk that is administratively down (services/trunk/rules.py). */
export const whyLocked = ({ isAdminStateUp }: Pick<TrunkDetail, 'isAdminStateUp'>): string | null =>
  isAdminStateUp ? null : 'The trunk is administratively down. Set it up first.'

const whyNoMore = ({ status }: TrunkDetail): string | null =>
  status === 'ERROR' ? 'A trunk in ERROR takes no subports. Plan and apply to mend it.' : null

function matches(index: TopologyIndex, { portId, segmentationId }: SubPort, filter: string): boolean {
  const port = index.port(portId)
  const words = [
    segmentationId,
    portId,
    port && labelPort(index.topology, port),
    port?.macAddress,
    port && addressText(port),
    index.network(port?.networkId ?? '')?.name,
  ]
  return words.join(' ').toLowerCase().includes(filter.trim().toLowerCase())
}
