'use client'

import { idColumn, nameColumn, None } from '@/components/design/columns'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'
import { Age } from '@/components/ui/Age'
import { Badge } from '@/components/ui/Badge'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { StatusMark } from '@/components/ui/StatusMark'
import type { TrunkDetail } from '@/server/core/api-types'
import { explainTrunkState } from '@/server/core/explain/trunk'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

import { trunkMark } from './trunk-status-mark'

interface TrunksTableProps {
  readonly index: TopologyIndex
  readonly trunks: readonly TrunkDetail[]
}

export function TrunksTable({ index, trunks }: TrunksTableProps) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Trunks"
      isVirtual
      columns={columnsOf(index)}
      rows={trunks}
      rowKey={({ id }) => id}
      onRowSelect={({ id }) => navigate.push(routes.trunk(id))}
    />
  )
}

function columnsOf(index: TopologyIndex): Column<TrunkDetail>[] {
  const parentOf = ({ portId }: TrunkDetail) => index.port(portId)
  const vmOf = (trunk: TrunkDetail) => {
    const parent = parentOf(trunk)
    return parent && index.vmOf(parent)
  }
  const parentText = (trunk: TrunkDetail) => {
    const parent = parentOf(trunk)
    return parent && [labelPort(index.topology, parent), addressText(parent)].filter(Boolean).join(' · ')
  }
  const hostOf = (trunk: TrunkDetail) => index.host(vmOf(trunk)?.hostId ?? null)?.name
  return [
    {
      key: 'status',
      header: 'Status',
      sortBy: ({ status }) => status,
      width: '116px',
      cell: ({ status, reason }) => (
        <span title={explainTrunkState({ reason }) ?? undefined}>
          <StatusMark {...trunkMark(status)} />
        </span>
      ),
    },
    nameColumn({
      index,
      kind: 'trunk',
      id: ({ id }) => id,
      name: (trunk) => labelTrunk(index.topology, trunk),
      badge: ({ isAdminStateUp }) => !isAdminStateUp && <Badge status="warn">down</Badge>,
    }),
    idColumn(({ id }) => id),
    {
      key: 'parent',
      header: 'Parent port',
      width: '18%',
      sortBy: parentText,
      cell: parentText,
    },
    {
      key: 'vm',
      header: 'VM',
      width: '11%',
      sortBy: (trunk) => vmOf(trunk)?.name,
      cell: (trunk) => vmOf(trunk)?.name ?? <None>none yet</None>,
    },
    {
      key: 'host',
      header: 'Host',
      width: '9%',
      sortBy: hostOf,
      cell: (trunk) => hostOf(trunk) ?? <None />,
    },
    {
      key: 'subports',
      header: 'Subports',
      width: '92px',
      align: 'right',
      sortBy: ({ subPorts }) => subPorts.length,
      cell: ({ subPorts }) => subPorts.length,
    },
    { key: 'revision', header: 'Revision', width: '72px', align: 'right', isSecondary: true, cell: ({ revisionNumber }) => revisionNumber },
    {
      key: 'created',
      header: 'Created',
      sortBy: ({ createdAt }) => createdAt,
      width: '92px',
      align: 'right',
      isSecondary: true,
      cell: ({ createdAt }) => <Age at={createdAt} className="text-sm" />,
    },
    {
      key: 'updated',
      header: 'Updated',
      sortBy: ({ updatedAt }) => updatedAt,
      width: '92px',
      align: 'right',
      cell: ({ updatedAt }) => <Age at={updatedAt} className="text-sm" />,
    },
  ]
}
