'use client'

import { Split } from 'lucide-react'
import { useMemo } from 'react'

import type { TopologyIndex } from '@/components/lib/topology-index'
import { layoutPath } from '@/components/path/layout-path'
import type { PathLayout } from '@/components/path/placed'
import { EmptyState } from '@/components/ui/EmptyState'
import { Panel } from '@/components/ui/Panel'
import { Select } from '@/components/ui/Select'
import type { TrunkDetail } from '@/server/core/api-types'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { comparePlugs, type PlugComparison } from '@/server/core/trunk/plug-comparison'

import type { TrunkViewState } from '../use-trunk-view'
import { PlugDrawing } from './PlugDrawing'
import { PlugMoves } from './PlugMoves'

interface PlugPaneProps {
  readonly index: TopologyIndex
  readonly trunk: TrunkDetail
  readonly state: TrunkViewState
}

/** The same VM and network twice: with a NIC of its own, and through the trunk; and what that moves. */
export function PlugPane({ index, trunk, state }: PlugPaneProps) {
  const portId = state.view.sel ?? trunk.portId
  const { topology } = index
  const comparison = useMemo(() => comparePlugs(topology, trunk, portId), [topology, trunk, portId])
  const parent = index.port(trunk.portId)
  const vmName = (parent && index.vmOf(parent)?.name) ?? 'VM'
  const layouts = useMemo(() => comparison && layoutBoth(comparison, vmName), [comparison, vmName])
  if (!comparison || !layouts) {
    return (
      <EmptyState Icon={Split} title="No VM to compare with yet">
        Once a VM uses the parent port, this shows how its NIC is plugged without the trunk, how with it, and what moves.
      </EmptyState>
    )
  }
  const isParent = portId === trunk.portId
  const options = [
    { value: trunk.portId, label: `${parent ? labelPort(index.topology, parent) : 'Parent'} (parent, untagged)` },
    ...trunk.subPorts.map((each) => ({ value: each.portId, label: `VLAN ${each.segmentationId}: ${networkName(index, each.portId)}` })),
  ]
  return (
    <div className="flex flex-col gap-3 p-3">
      <Select
        label="Frames of"
        className="w-80 max-w-full"
        value={portId}
        onValueChange={(id) => state.select(id === trunk.portId ? null : id)}
        options={options}
      />
      <Panel title="Before: a NIC of its own" meta={isParent ? 'plain port' : 'one NIC, tap and bridge per network'} isFlush>
        <PlugDrawing label="Before the trunk" layout={layouts.plain} />
      </Panel>
      <Panel title="After: through the trunk" meta={isParent ? 'parent, untagged in the guest' : 'a VLAN on the parent’s NIC'} isFlush>
        <PlugDrawing label="After the trunk" layout={layouts.trunk} moves={comparison.moves} />
      </Panel>
      <Panel title="What moves" isFlush>
        <PlugMoves moves={comparison.moves} />
      </Panel>
    </div>
  )
}

/** One above the other, column under column: the gap above is what the trunk puts in. */
function layoutBoth({ plain, trunk }: PlugComparison, vmName: string): { readonly plain: PathLayout; readonly trunk: PathLayout } {
  const options = { ends: { source: vmName, destination: '' }, depth: 'design' } as const
  const through = layoutPath(trunk, options)
  return { plain: layoutPath(plain, { ...options, alignedTo: through }), trunk: through }
}

const networkName = (index: TopologyIndex, portId: string): string => index.network(index.port(portId)?.networkId ?? '')?.name ?? '?'
