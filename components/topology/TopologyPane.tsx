'use client'

import { ErrorNote } from '@/components/ui/ErrorNote'
import type { TopologySnapshot } from '@/server/core/api-types'
import type { Topology } from '@/server/core/topology/topology'

import { NextStep } from './NextStep'
import { Palette } from './Palette'
import { TopologyCanvas } from './TopologyCanvas'
import { TopologyOutline } from './TopologyOutline'
import type { TopologyViewState } from './topology-view'
import { useTopologyGraph } from './use-topology-graph'

interface TopologyPaneProps {
  readonly snapshot: TopologySnapshot
  readonly state: TopologyViewState
}

export function TopologyPane({ snapshot, state }: TopologyPaneProps) {
  const { topology } = snapshot
  const { graph, layout } = useTopologyGraph(snapshot)
  if (graph.networks.length === 0 && (topology.hosts.length === 0 || topology.projects.length === 0))
    return <NextStep topology={topology} state={state} />
  const missing = {
    network: topology.projects.length === 0 ? 'Create a project first.' : null,
    vm: missingForVm(topology),
  }
  return (
    <div className="relative flex min-h-0 flex-1">
      <Palette missing={missing} onCreate={(kind) => state.create(kind)} />
      {layout.error && (
        <div className="absolute inset-x-4 top-16 z-10">
          <ErrorNote title="Laying out the topology" error={{ code: 'internal', message: layout.error.message }} />
        </div>
      )}
      {layout.data ? (
        <TopologyCanvas
          graph={graph}
          places={layout.data}
          selectedId={state.view.sel}
          onSelect={state.select}
          onDelete={state.remove}
          onDropped={(kind, networkId) => state.create(kind, networkId)}
        />
      ) : (
        <TopologyOutline graph={graph} />
      )}
    </div>
  )
}

function missingForVm(topology: Topology): string | null {
  if (topology.networks.length === 0) return 'Create a network first.'
  return topology.hosts.some((host) => host.isPrepared) ? null : 'Prepare a host first.'
}
