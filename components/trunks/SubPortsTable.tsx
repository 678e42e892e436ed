'use client'

import { ArrowRightLeft } from 'lucide-react'

import { idColumn, Marked, None, tickColumn } from '@/components/design/columns'
import { addressText, segmentText, type TopologyIndex } from '@/components/lib/topology-index'
import { Badge } from '@/components/ui/Badge'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { IconButton } from '@/components/ui/IconButton'
import { Mono } from '@/components/ui/Mono'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { SubPort } from '@/server/core/topology/kinds/trunk/trunk'

interface SubPortsTableProps {
  readonly index: TopologyIndex
  readonly subPorts: readonly SubPort[]
  readonly selectedId: string | null
  readonly onSelect: (portId: string) => void
  readonly ticked: ReadonlySet<string>
  readonly onTick: (portId: string, isTicked: boolean) => void
  readonly onMove: (portId: string) => void
  /** Why the trunk cannot be changed now. */
  readonly lock: string | null
}

export function SubPortsTable(props: SubPortsTableProps) {
  return (
    <DataTable
      label="Subports"
      isVirtual
      columns={columnsOf(props)}
      rows={props.subPorts}
      rowKey={({ portId }) => portId}
      selectedKey={props.selectedId}
      onRowSelect={({ portId }) => props.onSelect(portId)}
    />
  )
}

function columnsOf({ index, ticked, onTick, onMove, lock }: SubPortsTableProps): Column<SubPort>[] {
  return [
    tickColumn({ id: ({ portId }) => portId, name: ({ segmentationId }) => `VLAN ${segmentationId}`, ticked, onTick }),
    {
      key: 'vlan',
      header: 'VLAN',
      width: '68px',
      sortBy: ({ segmentationId }) => segmentationId,
      align: 'right',
      cell: ({ segmentationId }) => <span className="font-mono text-sm">{segmentationId}</span>,
    },
    { key: 'type', header: 'Type', width: '56px', isSecondary: true, cell: ({ segmentationType }) => segmentationType },
    {
      key: 'port',
      header: 'Port',
      isMarked: true,
      cell: (row) => {
        const port = index.port(row.portId)
        return (
          <Marked action={index.actionOf(row.portId)}>
            {port && (
              <span className="truncate font-medium" title={labelPort(index.topology, port)}>
                {port.name || deviceOf(index, row)}
              </span>
            )}
            {port && !port.isAdminStateUp && <Badge status="warn">down</Badge>}
          </Marked>
        )
      },
    },
    idColumn(({ portId }) => portId, 'Port ID'),
    {
      key: 'network',
      header: 'Network',
      sortBy: ({ portId }) => index.network(index.port(portId)?.networkId ?? '')?.name,
      width: '22%',
      cell: ({ portId }) => {
        const network = index.network(index.port(portId)?.networkId ?? '')
        return (
          network && (
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="truncate" title={network.name}>
                {network.name}
              </span>
              <span className="max-w-3/5 shrink-0 truncate text-sm text-faint" title={segmentText(index, network)}>
                {segmentText(index, network)}
              </span>
            </span>
          )
        )
      },
    },
    {
      key: 'mac',
      header: 'MAC',
      width: '150px',
      sortBy: ({ portId }) => index.port(portId)?.macAddress,
      cell: ({ portId }) => <Mono value={index.port(portId)?.macAddress ?? ''} canCopy />,
    },
    {
      key: 'addresses',
      header: 'Addresses',
      width: '14%',
      cell: ({ portId }) => {
        const port = index.port(portId)
        return port && port.fixedIps.length > 0 ? <Mono value={addressText(port)} canCopy /> : <None />
      },
    },
    {
      key: 'move',
      header: 'Move',
      isHeaderHidden: true,
      width: '44px',
      align: 'right',
      cell: (row) => (
        <IconButton
          size="sm"
          label={`Move VLAN ${row.segmentationId} to another network`}
          disabledReason={lock}
          onClick={() => onMove(row.portId)}
        >
          <ArrowRightLeft />
        </IconButton>
      ),
    },
  ]
}

/** The page is about one VM, so its name is left out: eth0.101. */
function deviceOf(index: TopologyIndex, { portId, segmentationId }: SubPort): string {
  const parentId = index.memberOf(portId)?.trunk.portId ?? ''
  const parent = index.port(parentId)
  const vm = parent && index.vmOf(parent)
  return vm ? `eth${vm.portIds.indexOf(parentId)}.${segmentationId}` : portId.slice(0, 8)
}
