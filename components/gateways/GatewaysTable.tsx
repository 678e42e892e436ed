'use client'

import { countColumn, descriptionColumn, idColumn, nameColumn } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { HostNames } from '@/components/routers/HostNames'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { TextLink } from '@/components/ui/TextLink'

import type { GatewayRow } from './gateway-rows'

interface GatewaysTableProps {
  readonly index: TopologyIndex
  readonly rows: readonly GatewayRow[]
}

export function GatewaysTable({ index, rows }: GatewaysTableProps) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Gateway clusters"
      isVirtual
      columns={columnsOf(index)}
      rows={rows}
      rowKey={({ cluster }) => cluster.id}
      onRowSelect={({ cluster }) => navigate.push(routes.gateway(cluster.id))}
    />
  )
}

const columnsOf = (index: TopologyIndex): Column<GatewayRow>[] => [
  nameColumn({ index, kind: 'gatewayCluster', id: ({ cluster }) => cluster.id, name: ({ cluster }) => cluster.name, width: '18%' }),
  idColumn(({ cluster }) => cluster.id),
  {
    key: 'vip',
    header: 'VIP',
    width: '128px',
    sortBy: ({ cluster }) => cluster.vip,
    cell: ({ cluster }) => <Mono value={cluster.vip} canCopy />,
  },
  {
    key: 'network',
    header: 'External network',
    width: '14%',
    sortBy: ({ network }) => network?.name,
    cell: ({ network }) => network && <TextLink href={routes.networks({ selected: network.id })} text={network.name} />,
  },
  {
    key: 'members',
    header: 'Members',
    width: '13%',
    sortBy: ({ members }) => members.map(({ name }) => name).join(),
    cell: ({ members }) => <HostNames hosts={members} nowhere={null} />,
  },
  countColumn('routers', 'Routers', '76px', ({ routers }) => routers),
  countColumn('floating', 'Floating IPs', '92px', ({ floatingIps }) => floatingIps),
  {
    key: 'addresses',
    header: 'Addresses used',
    width: '112px',
    align: 'right',
    sortBy: ({ addresses: { used, size } }) => used / size,
    cell: ({ addresses: { used, size } }) => `${used} of ${size}`,
  },
  descriptionColumn(({ cluster }) => cluster.description),
]
