'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { ChangeMark } from '@/components/networks/ChangeMark'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'

import type { SecurityGroupRow } from './security-group-rows'

interface SecurityGroupsTableProps {
  readonly index: TopologyIndex
  readonly rows: readonly SecurityGroupRow[]
}

export function SecurityGroupsTable({ index, rows }: SecurityGroupsTableProps) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Security groups"
      isVirtual
      columns={columnsOf(index)}
      rows={rows}
      rowKey={({ group }) => group.id}
      onRowSelect={({ group }) => navigate.push(routes.securityGroup(group.id))}
    />
  )
}

const columnsOf = (index: TopologyIndex): Column<SecurityGroupRow>[] => [
  {
    key: 'name',
    header: 'Security group',
    sortBy: ({ group }) => group.name,
    width: '24%',
    isMarked: true,
    cell: ({ group }) => (
      <span className="flex min-w-0 items-center gap-1">
        <ChangeMark action={index.actionOf(group.id)} />
        <Link href={routes.securityGroup(group.id)} title={group.name} className="truncate font-medium hover:underline">
          {group.name}
        </Link>
      </span>
    ),
  },
  {
    key: 'id',
    header: 'ID',
    width: '96px',
    isSecondary: true,
    cell: ({ group }) => <Mono value={group.id} shown={group.id.slice(0, 8)} canCopy />,
  },
  { key: 'project', header: 'Project', width: '18%', sortBy: ({ project }) => project, cell: ({ project }) => project },
  {
    key: 'ingress',
    header: 'Ingress rules',
    width: '100px',
    align: 'right',
    sortBy: ({ ingress }) => ingress,
    cell: ({ ingress }) => <Count value={ingress} />,
  },
  {
    key: 'egress',
    header: 'Egress rules',
    width: '100px',
    align: 'right',
    sortBy: ({ egress }) => egress,
    cell: ({ egress }) => <Count value={egress} />,
  },
  {
    key: 'ports',
    header: 'Ports',
    width: '68px',
    align: 'right',
    sortBy: ({ ports }) => ports,
    cell: ({ ports }) => <Count value={ports} />,
  },
  {
    key: 'description',
    header: 'Description',
    sortBy: ({ group }) => group.description,
    cell: ({ group }) =>
      group.description ? <span title={group.description}>{group.description}</span> : <span className="text-faint">–</span>,
  },
]

const Count = ({ value }: { readonly value: number }) => (value === 0 ? <span className="text-faint">0</span> : value)
