'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { FilterInput } from '@/components/ui/FilterInput'
import { Tabs, type Tab } from '@/components/ui/Tabs'
import type { NetworksTab } from '@/components/lib/routes'
import { emptyTopology } from '@/server/core/topology/topology'

import { CreateButtons } from './CreateButtons'
import { NetworkDialogs } from './NetworkDialogs'
import { NothingYet } from './NothingYet'
import { NetworksTable } from './NetworksTable'
import { ObjectInspector } from './ObjectInspector'
import { PhysicalNetworksTable } from './PhysicalNetworksTable'
import { PortsTable } from './PortsTable'
import { indexTopology, type TopologyIndex } from './topology-index'
import { useNetworksView, type NetworksViewState } from './use-networks-view'
import { VmsTable } from './VmsTable'

export function NetworksPage() {
  const trpc = useTRPC()
  const query = useQuery(trpc.topology.get.queryOptions())
  const state = useNetworksView()
  const index = useMemo(() => indexTopology(query.data?.topology ?? emptyTopology, query.data?.changes ?? []), [query.data])
  const selectedId = state.view.sel
  const selected = selectedId === null ? undefined : index.objects.get(selectedId)
  return (
    <Page
      title="Networks"
      filter={<FilterInput label="Filter networks" value={state.view.q} onValueChange={state.filter} />}
      actions={query.data && <CreateButtons tab={state.view.tab} index={index} onCreate={state.create} />}
      isFlush
    >
      <QueryBoundary query={query} act="Loading the design">
        {() => (
          <>
            <Tabs label="Networks and what uses them" value={state.view.tab} onValueChange={state.showTab} tabs={tabsOf(index, state)} />
            {selectedId !== null && selected && <ObjectInspector index={index} id={selectedId} object={selected} state={state} />}
            <NetworkDialogs index={index} state={state} />
          </>
        )}
      </QueryBoundary>
    </Page>
  )
}

function tabsOf(index: TopologyIndex, state: NetworksViewState): Tab<NetworksTab>[] {
  const { topology } = index
  const table = { index, filter: state.view.q, selectedId: state.view.sel, onSelect: state.select }
  const orNothing = (tab: NetworksTab, count: number, content: React.ReactNode) =>
    count === 0 ? <NothingYet tab={tab} index={index} onCreate={state.create} /> : <div className="h-full bg-panel">{content}</div>
  return [
    {
      value: 'networks',
      label: 'Networks',
      count: topology.networks.length,
      content: orNothing('networks', topology.projects.length, <NetworksTable {...table} />),
    },
    { value: 'ports', label: 'Ports', count: topology.ports.length, content: orNothing('ports', topology.ports.length, <PortsTable {...table} />) },
    { value: 'vms', label: 'VMs', count: topology.vms.length, content: orNothing('vms', topology.vms.length, <VmsTable {...table} />) },
    {
      value: 'physical',
      label: 'Physical networks',
      count: topology.physicalNetworks.length,
      content: orNothing('physical', topology.physicalNetworks.length, <PhysicalNetworksTable {...table} />),
    },
  ]
}
