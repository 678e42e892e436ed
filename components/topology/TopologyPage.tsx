'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo } from 'react'

import { QueryBoundary } from '@/components/lib/QueryBoundary'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import { indexTopology } from '@/components/lib/topology-index'
import { DiscardChanges } from '@/components/plan/DiscardChanges'
import { Page } from '@/components/shell/Page'
import { buttonClass } from '@/components/ui/button-class'
import type { TopologySnapshot } from '@/server/core/api-types'
import { countActions, explainCounts } from '@/server/core/explain/object-change'
import { plural } from '@/server/core/explain/words'
import { emptyTopology } from '@/server/core/topology/complete-topology'

import { FloatingIpsInspector } from './FloatingIpsInspector'
import { networkOfFloatingIps } from './graph-parts'
import { HostInspector } from './HostInspector'
import { TopologyDialogs } from './TopologyDialogs'
import { TopologyInspector } from './TopologyInspector'
import { TopologyPane } from './TopologyPane'
import { useTopologyView } from './topology-view'

/** The logical view: what was designed, drawn, with what is about to change. */
export function TopologyPage() {
  const trpc = useTRPC()
  const state = useTopologyView()
  const query = useQuery(trpc.topology.get.queryOptions())
  const index = useMemo(() => indexTopology(query.data?.topology ?? emptyTopology, query.data?.changes ?? []), [query.data])
  const selectedId = state.view.sel
  const object = selectedId === null ? undefined : index.objects.get(selectedId)
  const host = index.host(selectedId)
  const outside = index.network(networkOfFloatingIps(selectedId ?? '') ?? '')
  return (
    <Page
      title="Topology"
      isFlush
      meta={query.data && <Counts snapshot={query.data} />}
      actions={query.data && <Actions snapshot={query.data} />}
    >
      <QueryBoundary query={query} act="Loading the design">
        {(snapshot) => <TopologyPane snapshot={snapshot} state={state} />}
      </QueryBoundary>
      {selectedId !== null && object && <TopologyInspector index={index} id={selectedId} object={object} state={state} />}
      {outside && <FloatingIpsInspector index={index} network={outside} onClose={() => state.select(null)} />}
      {host && <HostInspector index={index} host={host} onClose={() => state.select(null)} />}
      {query.data && <TopologyDialogs index={index} state={state} />}
    </Page>
  )
}

function Counts({ snapshot: { topology } }: { readonly snapshot: TopologySnapshot }) {
  const { hosts, networks, routers, vms } = topology
  const counts = [plural(hosts.length, 'host'), plural(networks.length, 'network')]
  return [...counts, ...(routers.length > 0 ? [plural(routers.length, 'router')] : []), plural(vms.length, 'VM')].join(' · ')
}

function Actions({ snapshot: { changes, revision } }: { readonly snapshot: TopologySnapshot }) {
  return (
    <>
      {changes.length > 0 && <span className="hidden text-sm text-dim lg:inline">Pending: {explainCounts(countActions(changes))}</span>}
      <DiscardChanges changes={changes} revision={revision} />
      <Link href={routes.changes()} className={buttonClass(changes.length > 0 ? 'primary' : 'secondary')}>
        Review changes
      </Link>
    </>
  )
}
