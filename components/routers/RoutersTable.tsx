'use client'

import { countColumn, idColumn, nameColumn, None, projectColumn } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { Badge } from '@/components/ui/Badge'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'

import { HostNames } from './HostNames'
import type { RouterRow } from './router-rows'
import { kindWord } from './router-words'

interface RoutersTableProps {
  readonly index: TopologyIndex
  readonly rows: readonly RouterRow[]
}

export function RoutersTable({ index, rows }: RoutersTableProps) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Routers"
      isVirtual
      columns={columnsOf(index)}
      rows={rows}
      rowKey={({ router }) => router.id}
      onRowSelect={({ router }) => navigate.push(routes.router(router.id))}
    />
  )
}

const columnsOf = (index: TopologyIndex): Column<RouterRow>[] => [
  nameColumn({ index, kind: 'router', id: ({ router }) => router.id, name: ({ router }) => router.name }),
  idColumn(({ router }) => router.id),
  projectColumn('13%'),
  {
    key: 'kind',
    header: 'Kind',
    width: '104px',
    sortBy: ({ router }) => kindWord(router),
    cell: ({ router }) => <Badge>{kindWord(router)}</Badge>,
  },
  {
    key: 'host',
    header: 'Stands on',
    width: '15%',
    sortBy: ({ hosts }) => hosts.map(({ name }) => name).join(),
    cell: (row) => <HostNames hosts={row.hosts} nowhere={<Nowhere row={row} />} />,
  },
  {
    key: 'gateway',
    header: 'Gateway network',
    width: '14%',
    sortBy: ({ gateway }) => gateway?.network.name,
    cell: ({ gateway }) => (gateway ? <span title={gateway.network.name}>{gateway.network.name}</span> : <None />),
  },
  {
    key: 'address',
    header: 'Gateway address',
    width: '124px',
    sortBy: ({ gateway }) => gateway?.address,
    cell: ({ gateway }) => (gateway ? <Mono value={gateway.address} canCopy /> : <None />),
  },
  countColumn('interfaces', 'Interfaces', '84px', ({ interfaces }) => interfaces),
  {
    key: 'state',
    header: 'Admin state',
    width: '92px',
    sortBy: ({ router }) => router.isAdminStateUp,
    cell: ({ router }) => (router.isAdminStateUp ? 'up' : <Badge status="warn">down</Badge>),
  },
]

/** Without ports there is nothing to stand for; a centralized one with ports that no host can carry is in trouble. */
function Nowhere({ row: { router, interfaces, gateway } }: { readonly row: RouterRow }) {
  if (router.isDistributed || (interfaces === 0 && gateway === null)) return <None />
  return (
    <span title="No host with the network role can carry all of its networks.">
      <StatusMark status="warn" label="no host" />
    </span>
  )
}
