'use client'

import { DetailPage } from '@/components/design/DetailPage'
import { useDesignIndex } from '@/components/design/use-design-index'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { Tabs } from '@/components/ui/Tabs'
import { plural } from '@/server/core/explain/words'
import { routersOfCluster } from '@/server/core/topology/gateway-clusters'
import type { ObjectOf } from '@/server/core/topology/topology'

import { EditGatewayForm } from './forms/EditGatewayForm'
import { ImportedRecordsForm } from './forms/ImportedRecordsForm'
import { GatewayFacts } from './GatewayFacts'
import { MembersPane, PeersPane, PoolsPane, RoutersPane } from './gateway-panes'
import { RecordsPane } from './RecordsPane'
import { useGatewayView, type GatewayViewState } from './use-gateway-view'

export function GatewayPage({ clusterId }: { readonly clusterId: string }) {
  const { index, query } = useDesignIndex()
  const state = useGatewayView()
  const cluster = index.gatewayCluster(clusterId)
  return (
    <DetailPage
      kind="gatewayCluster"
      index={index}
      query={query}
      object={cluster && { kind: 'gatewayCluster', item: cluster }}
      list={routes.gateways()}
      meta={cluster && plural(cluster.memberHostIds.length, 'member')}
      state={state}
    >
      {cluster && (
        <>
          <GatewayFacts index={index} cluster={cluster} />
          <GatewayTabs index={index} cluster={cluster} state={state} />
          {state.view.do === 'edit' && <EditGatewayForm index={index} cluster={cluster} onClose={state.closeDialog} />}
          {state.view.do === 'records' && <ImportedRecordsForm cluster={cluster} onClose={state.closeDialog} />}
        </>
      )}
    </DetailPage>
  )
}

interface GatewayTabsProps {
  readonly index: TopologyIndex
  readonly cluster: ObjectOf['gatewayCluster']
  readonly state: GatewayViewState
}

function GatewayTabs({ index, cluster, state }: GatewayTabsProps) {
  const pane = { index, cluster }
  return (
    <Tabs
      label={`Gateway cluster ${cluster.name}`}
      value={state.view.tab}
      onValueChange={state.showTab}
      tabs={[
        { value: 'members', label: 'Members', count: cluster.memberHostIds.length, content: <MembersPane {...pane} /> },
        { value: 'pools', label: 'Pools', count: cluster.floatingIpPools.length, content: <PoolsPane {...pane} /> },
        { value: 'peers', label: 'BGP peers', count: cluster.peers.length, content: <PeersPane {...pane} /> },
        {
          value: 'routers',
          label: 'Routers',
          count: routersOfCluster(index.topology.routers, cluster.id).length,
          content: <RoutersPane {...pane} />,
        },
        { value: 'records', label: 'Records', content: <RecordsPane {...pane} state={state} /> },
      ]}
    />
  )
}
