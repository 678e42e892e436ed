'use client'

import Link from 'next/link'

import { None } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { Mono } from '@/components/ui/Mono'
import { routerNamespace, snatNamespace } from '@/server/core/naming'
import { agentWords } from '@/server/core/explain/agent'
import { needsCentralPart } from '@/server/core/topology/central-part'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { ObjectOf } from '@/server/core/topology/topology'

import { type RouterHostRow, routerHostRows } from './router-rows'

interface RouterHostsPaneProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
}

/** Where its namespace is, or will be. */
export function RouterHostsPane({ index, router }: RouterHostsPaneProps) {
  const rows = routerHostRows(index, router)
  if (rows.length === 0) {
    return (
      <EmptyState title="It stands nowhere yet">
        {router.isDistributed
          ? 'A distributed router stands where VMs, subports and DHCP servers of its networks are, and there are none.'
          : 'A centralized router runs on a host with the network role that can carry all of its networks. It gets one with its first interface or its gateway.'}
      </EmptyState>
    )
  }
  return (
    <div className="h-full bg-panel">
      <DataTable label="Hosts" isVirtual columns={columnsOf(index, router)} rows={rows} rowKey={({ host }) => host.id} />
    </div>
  )
}

const columnsOf = (index: TopologyIndex, router: ObjectOf['router']): readonly Column<RouterHostRow>[] => [
  {
    key: 'host',
    header: 'Host',
    width: '18%',
    sortBy: ({ host }) => host.name,
    cell: ({ host }) => (
      <Link href={routes.host(host.id)} title={host.name} className="text-accent hover:underline">
        {host.name}
      </Link>
    ),
  },
  { key: 'agent', header: 'Agent', width: '16%', sortBy: ({ host }) => host.agentKind, cell: ({ host }) => agentWords[host.agentKind] },
  {
    key: 'namespace',
    header: 'Namespace',
    width: '26%',
    cell: () => <Mono value={routerNamespace(router.id)} canCopy />,
  },
  ...(needsCentralPart(index.topology, router) ? [centralColumn(router)] : []),
  {
    key: 'served',
    header: 'Serves there',
    sortBy: ({ served }) => served.length,
    cell: ({ served }) => {
      const names = served.map((port) => labelPort(index.topology, port)).join(', ')
      return names === '' ? <span className="text-faint">nobody on this host</span> : <span title={names}>{names}</span>
    },
  },
]

/** On one of them only. */
const centralColumn = (router: ObjectOf['router']): Column<RouterHostRow> => ({
  key: 'central',
  header: 'Central part',
  width: '24%',
  cell: ({ host }) => (host.id === router.hostId ? <Mono value={snatNamespace(router.id)} canCopy /> : <None />),
})
