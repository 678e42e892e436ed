'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { indexTopology, type TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { Page } from '@/components/shell/Page'
import { FilterInput } from '@/components/ui/FilterInput'
import { NoMatch } from '@/components/ui/NoMatch'
import { Tabs, type Tab } from '@/components/ui/Tabs'
import { leadKindOf, plainKinds, tabOf, type NetworksTab } from '@/components/lib/kind-places'
import { capitalise } from '@/server/core/explain/words'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import { itemsOf, kindOf } from '@/server/core/topology/kinds/kinds'

import { CreateButtons } from './CreateButtons'
import { NetworkDialogs } from './NetworkDialogs'
import { NothingYet } from './NothingYet'
import { NetworksTable } from './NetworksTable'
import { ObjectInspector } from './ObjectInspector'
import { PhysicalNetworksTable } from './PhysicalNetworksTable'
import { PortsTable } from './PortsTable'
import { PlainTable } from './plain/PlainTable'
import { useNetworksView, type NetworksViewState } from './use-networks-view'
import { VmsTable } from './VmsTable'

/** What a tab is called by the objects in it; that of networks holds projects and subnets too. */
const nounOf = (tab: NetworksTab): string => kindOf(tab === 'networks' ? 'network' : leadKindOf(tab)).words.many

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
      filter={<FilterInput label={`Filter ${nounOf(state.view.tab)}`} value={state.view.q} onValueChange={state.filter} />}
      actions={!isTabEmpty(index, state.view.tab) && <CreateButtons tab={state.view.tab} index={index} onCreate={state.create} />}
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

/** An empty tab has its buttons in the middle of the page. */
function isTabEmpty({ topology }: TopologyIndex, tab: NetworksTab): boolean {
  return itemsOf(topology, leadKindOf(tab)).length === 0
}

function tabsOf(index: TopologyIndex, state: NetworksViewState): Tab<NetworksTab>[] {
  const { topology } = index
  const { q } = state.view
  const empty = (
    <NoMatch noun="object" filter={q} onClear={() => state.filter('')} searched="Names, ids, addresses and hosts are searched." />
  )
  const table = { index, filter: q, selectedId: state.view.sel, onSelect: state.select, empty }
  const tab = (value: NetworksTab, label: string, count: number, content: ReactNode): Tab<NetworksTab> => ({
    value,
    label,
    count,
    content: isTabEmpty(index, value) ? (
      <NothingYet tab={value} index={index} onCreate={state.create} />
    ) : (
      <div className="h-full bg-panel">{content}</div>
    ),
  })
  return [
    tab('networks', 'Networks', topology.networks.length, <NetworksTable {...table} />),
    tab('ports', 'Ports', topology.ports.length, <PortsTable {...table} />),
    tab('vms', 'VMs', topology.vms.length, <VmsTable {...table} />),
    tab('physical', 'Physical networks', topology.physicalNetworks.length, <PhysicalNetworksTable {...table} />),
    ...plainKinds.map((kind) =>
      tab(tabOf(kind), capitalise(kindOf(kind).words.many), itemsOf(topology, kind).length, <PlainTable kind={kind} {...table} />),
    ),
  ]
}
