'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { ChangeMark } from '@/components/networks/ChangeMark'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
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
        <span className="flex min-w-0 items-center gap-1">
          <ChangeMark action={index.actionOf(floatingIp.id)} />
          <Mono value={address} canCopy />
        </span>
      ),
    },
    {
      key: 'id',
      header: 'ID',
      width: '96px',
      isSecondary: true,
      cell: ({ floatingIp }) => <Mono value={floatingIp.id} shown={floatingIp.id.slice(0, 8)} canCopy />,
    },
    {
      key: 'network',
      header: 'External network',
      width: '14%',
      sortBy: ({ network }) => network?.name,
      cell: ({ network }) => network && <TextLink href={routes.networks({ selected: network.id })} text={network.name} />,
    },
    {
      key: 'project',
      header: 'Project',
      width: '12%',
      isSecondary: true,
      sortBy: ({ project }) => project,
      cell: ({ project }) => project,
    },
    {
      key: 'port',
      header: 'Leads to',
      sortBy: portOf,
      cell: (row) =>
        row.fixedPort ? (
          <TextLink href={routes.networks({ tab: 'ports', selected: row.fixedPort.id })} text={portOf(row) ?? ''} />
        ) : (
          <span className="text-faint">nobody yet</span>
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

const None = () => <span className="text-faint">–</span>

const TextLink = ({ href, text }: { readonly href: string; readonly text: string }) => (
  <Link href={href} title={text} className="block truncate text-accent hover:underline">
    {text}
  </Link>
)
