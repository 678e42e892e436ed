'use client'

import clsx from 'clsx'

import { segmentText, type TopologyIndex } from '@/components/lib/topology-index'
import { Badge } from '@/components/ui/Badge'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { plural } from '@/server/core/explain/words'

import { ChangeMark } from './ChangeMark'
import type { DesignTableProps } from './design-table'
import { networkRows, type NetworkRow } from './network-rows'

const INDENT: Record<NetworkRow['kind'], string> = { project: '', network: 'pl-4', subnet: 'pl-10' }

/** Projects, their networks and their subnets in one list, so that all of a tenant is in view. */
export function NetworksTable({ index, filter, selectedId, onSelect, empty }: DesignTableProps) {
  const columns: Column<NetworkRow>[] = [
    { key: 'name', header: 'Project, network, subnet', isMarked: true, cell: (row) => <NameCell index={index} row={row} /> },
    { key: 'segment', header: 'Type and segment', width: '26%', cell: (row) => <SegmentCell index={index} row={row} /> },
    {
      key: 'addresses',
      header: 'Addresses',
      width: '20%',
      cell: (row) => row.kind === 'subnet' && <Mono value={row.subnet.cidr} canCopy />,
    },
    { key: 'gateway', header: 'Gateway, DHCP', width: '20%', cell: (row) => <GatewayCell row={row} /> },
    {
      key: 'mtu',
      header: 'MTU',
      width: '64px',
      align: 'right',
      isSecondary: true,
      cell: (row) => row.kind === 'network' && row.network.mtu,
    },
    {
      key: 'ports',
      header: 'Ports',
      width: '64px',
      align: 'right',
      cell: (row) => row.kind === 'network' && index.portsOf(row.network.id).length,
    },
  ]
  return (
    <DataTable
      label="Networks"
      isVirtual
      columns={columns}
      rows={networkRows(index, filter)}
      rowKey={(row) => row.id}
      selectedKey={selectedId}
      empty={empty}
      onRowSelect={(row) => onSelect(row.id)}
      rowClassName={(row) => (row.kind === 'project' ? 'bg-canvas' : undefined)}
    />
  )
}

interface CellProps {
  readonly index: TopologyIndex
  readonly row: NetworkRow
}

function NameCell({ index, row }: CellProps) {
  return (
    <span className={clsx('flex min-w-0 items-center gap-1', INDENT[row.kind])}>
      <ChangeMark action={index.actionOf(row.id)} />
      {row.kind === 'project' && (
        <span className="truncate font-semibold" title={row.project.name}>
          {row.project.name}
        </span>
      )}
      {row.kind === 'project' && <span className="shrink-0 text-sm text-faint">{plural(row.networkCount, 'network')}</span>}
      {row.kind === 'network' && (
        <span className="truncate font-medium" title={row.network.name}>
          {row.network.name}
        </span>
      )}
      {row.kind === 'subnet' && (
        <span className="truncate text-dim" title={row.subnet.name}>
          {row.subnet.name || 'subnet'}
        </span>
      )}
    </span>
  )
}

function SegmentCell({ index, row }: CellProps) {
  if (row.kind !== 'network') return null
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Badge>{row.network.type}</Badge>
      <span className="truncate text-sm">{segmentText(index, row.network)}</span>
      {row.network.isExternal && <Badge title="Routers may lead out by it">external</Badge>}
      {!row.network.isAdminStateUp && <Badge status="warn">down</Badge>}
    </span>
  )
}

function GatewayCell({ row }: Pick<CellProps, 'row'>) {
  if (row.kind !== 'subnet') return null
  const { gatewayIp, isDhcpEnabled } = row.subnet
  return (
    <span className="flex min-w-0 items-center gap-2">
      {gatewayIp ? <Mono value={gatewayIp} /> : <span className="text-sm text-faint">no gateway</span>}
      {isDhcpEnabled && <Badge>DHCP</Badge>}
    </span>
  )
}
