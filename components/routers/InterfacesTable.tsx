'use client'

import { Route, X } from 'lucide-react'
import Link from 'next/link'

import { Marked, None } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { IconButton } from '@/components/ui/IconButton'
import { Mono } from '@/components/ui/Mono'
import { TextLink } from '@/components/ui/TextLink'

import { HostNames } from './HostNames'
import type { InterfaceRow } from './router-rows'

interface InterfacesTableProps {
  readonly index: TopologyIndex
  readonly rows: readonly InterfaceRow[]
  readonly onRemove: (portId: string) => void
}

export function InterfacesTable(props: InterfacesTableProps) {
  return <DataTable label="Interfaces" isVirtual columns={columnsOf(props)} rows={props.rows} rowKey={({ port }) => port.id} />
}

const columnsOf = ({ index, rows, onRemove }: InterfacesTableProps): Column<InterfaceRow>[] => [
  {
    key: 'network',
    header: 'Network',
    width: '18%',
    sortBy: ({ network }) => network?.name,
    isMarked: true,
    cell: ({ port, network }) => (
      <Marked action={index.actionOf(port.id)}>
        {network && <TextLink href={routes.networks({ selected: network.id })} text={network.name} />}
      </Marked>
    ),
  },
  {
    key: 'subnet',
    header: 'Subnet',
    sortBy: ({ subnet }) => subnet?.name,
    cell: ({ subnet }) =>
      subnet && (
        <span className="flex min-w-0 items-baseline gap-2">
          <TextLink href={routes.networks({ selected: subnet.id })} text={subnet.name || 'subnet'} />
          <span className="shrink-0 font-mono text-sm text-faint">{subnet.cidr}</span>
        </span>
      ),
  },
  {
    key: 'address',
    header: 'Address',
    width: '14%',
    sortBy: ({ port }) => addressText(port),
    cell: ({ port }) => <Mono value={addressText(port)} canCopy />,
  },
  ...(rows.some(({ central }) => central) ? [centralColumn] : []),
  { key: 'mac', header: 'MAC', width: '152px', isSecondary: true, cell: ({ port }) => <Mono value={port.macAddress} canCopy /> },
  {
    key: 'port',
    header: 'Port',
    width: '88px',
    cell: ({ port }) => (
      <Link href={routes.networks({ tab: 'ports', selected: port.id })} title={port.id} className="text-accent hover:underline">
        <Mono value={port.id} shown={port.id.slice(0, 8)} />
      </Link>
    ),
  },
  {
    key: 'hosts',
    header: 'Stands on',
    width: '16%',
    sortBy: ({ hosts }) => hosts.map(({ name }) => name).join(),
    cell: ({ hosts }) => <HostNames hosts={hosts} nowhere={<span className="text-faint">nowhere</span>} />,
  },
  {
    key: 'acts',
    header: 'Acts',
    isHeaderHidden: true,
    width: '76px',
    align: 'right',
    cell: ({ port, hosts }) => (
      <span className="flex items-center justify-end gap-1">
        {hosts.length > 0 && (
          <Link
            href={routes.path({ from: port.id })}
            aria-label={`Draw a path from ${addressText(port)}`}
            title="Draw a path from here"
            className="rounded-sm p-1 text-dim hover:bg-hover hover:text-ink"
          >
            <Route aria-hidden className="size-3.5" />
          </Link>
        )}
        <IconButton label={`Remove interface ${addressText(port)}`} size="sm" onClick={() => onRemove(port.id)}>
          <X />
        </IconButton>
      </span>
    ),
  },
]

/** Of a distributed router that translates: what goes out is sent there. */
const centralColumn: Column<InterfaceRow> = {
  key: 'central',
  header: 'Central part',
  width: '12%',
  sortBy: ({ central }) => central && addressText(central),
  cell: ({ central }) => (central ? <Mono value={addressText(central)} canCopy /> : <None />),
}
