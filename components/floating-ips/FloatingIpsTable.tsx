'use client'

import { idColumn, Marked, None, projectColumn } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { TextLink } from '@/components/ui/TextLink'
import { plural } from '@/server/core/explain/words'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'

import type { FloatingIpRow } from './floating-ip-rows'

interface FloatingIpsTableProps {
  readonly index: TopologyIndex
  readonly rows: readonly FloatingIpRow[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
}

export function FloatingIpsTable({ index, rows, selectedId, onSelect }: FloatingIpsTableProps) {
  return (
    <DataTable
      label="Floating IPs"
      isVirtual
      columns={columnsOf(index)}
      rows={rows}
      rowKey={({ floatingIp }) => floatingIp.id}
      selectedKey={selectedId}
      onRowSelect={({ floatingIp }) => onSelect(floatingIp.id)}
    />
  )
}

const columnsOf = (index: TopologyIndex): Column<FloatingIpRow>[] => {
  const portOf = ({ fixedPort }: FloatingIpRow) => fixedPort && labelPort(index.topology, fixedPort)
  return [
    {
      key: 'address',
      header: 'Floating IP',
      width: '152px',
      sortBy: ({ address }) => address,
      isMarked: true,
      cell: ({ floatingIp, address }) => (
        <Marked action={index.actionOf(floatingIp.id)}>
          <Mono value={address} canCopy />
        </Marked>
      ),
    },
    idColumn(({ floatingIp }) => floatingIp.id),
    {
      key: 'network',
      header: 'External network',
      width: '14%',
      sortBy: ({ network }) => network?.name,
      cell: ({ network }) => network && <TextLink href={routes.networks({ selected: network.id })} text={network.name} />,
    },
    { ...projectColumn<FloatingIpRow>('12%'), isSecondary: true },
    {
      key: 'port',
      header: 'Leads to',
      sortBy: portOf,
      cell: (row) =>
        row.fixedPort ? (
          <TextLink href={routes.networks({ tab: 'ports', selected: row.fixedPort.id })} text={portOf(row) ?? ''} />
        ) : row.forwardings.length > 0 ? (
          plural(row.forwardings.length, 'port forwarding')
        ) : (
          <None>nobody yet</None>
        ),
    },
    {
      key: 'fixed',
      header: 'Fixed address',
      width: '128px',
      sortBy: ({ floatingIp }) => floatingIp.fixedIpAddress,
      cell: ({ floatingIp: { fixedIpAddress } }) => (fixedIpAddress === null ? <None /> : <Mono value={fixedIpAddress} canCopy />),
    },
    {
      key: 'router',
      header: 'Router',
      width: '12%',
      sortBy: ({ router }) => router?.name,
      cell: ({ router }) => (router ? <TextLink href={routes.router(router.id)} text={router.name} /> : <None />),
    },
    {
      key: 'host',
      header: 'Translated on',
      width: '11%',
      isSecondary: true,
      sortBy: ({ host }) => host?.name,
      cell: ({ host }) => (host ? <TextLink href={routes.host(host.id)} text={host.name} /> : <None />),
    },
  ]
}
