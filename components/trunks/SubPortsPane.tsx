'use client'

import { Plus } from 'lucide-react'

import { ListPane } from '@/components/design/ListPane'
import { RemoveTicked } from '@/components/design/RemoveTicked'
import { useTicks } from '@/components/design/use-ticks'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { Button } from '@/components/ui/Button'
import type { TrunkDetail } from '@/server/core/api-types'
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
  const { ticks, tick, clear } = useTicks()
  const ticked = trunk.subPorts.map(({ portId }) => portId).filter((id) => ticks.has(id))
  const { q } = state.view
  const shown = trunk.subPorts.filter((subPort) => matches(q, wordsOf(index, subPort)))
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
  return (
    <>
      <ListPane
        noun="subport"
        total={trunk.subPorts.length}
        shown={shown.length}
        filter={q}
        onFilter={state.filter}
        searched="VLANs, names, ids, networks, MACs and addresses are searched."
        nothing={{
          title: 'No subports yet',
          text: 'Each subport gives the guest one more network, as a VLAN on the same NIC. They can be added while the VM runs, without losing a packet.',
          action: add,
        }}
        actions={
          <>
            <RemoveTicked noun="subport" count={ticked.length} disabledReason={lock} onRemove={() => state.open('remove')} />
            {add}
          </>
        }
      >
        <SubPortsTable
          index={index}
          subPorts={shown}
          selectedId={state.view.sel}
          onSelect={state.select}
          ticked={ticks}
          onTick={tick}
          onMove={state.move}
          lock={lock}
        />
      </ListPane>
      {state.view.do === 'remove' && ticked.length > 0 && (
        <RemoveSubPortsDialog
          index={index}
          trunk={trunk}
          portIds={ticked}
          onClose={state.closeDialog}
          onRemoved={() => {
            clear()
            state.closeDialog()
          }}
        />
      )}
    </>
  )
}

/** Neutron refuses changes of a trunk that is administratively down (services/trunk/rules.py). */
export const whyLocked = ({ isAdminStateUp }: Pick<TrunkDetail, 'isAdminStateUp'>): string | null =>
  isAdminStateUp ? null : 'The trunk is administratively down. Set it up first.'

const whyNoMore = ({ status }: TrunkDetail): string | null =>
  status === 'ERROR' ? 'A trunk in ERROR takes no subports. Plan and apply to mend it.' : null

function wordsOf(index: TopologyIndex, { portId, segmentationId }: SubPort): readonly string[] {
  const port = index.port(portId)
  if (!port) return [String(segmentationId), portId]
  return [
    String(segmentationId),
    portId,
    labelPort(index.topology, port),
    port.macAddress,
    addressText(port),
    index.network(port.networkId)?.name ?? '',
  ]
}
