'use client'

import { countColumn, descriptionColumn, idColumn, nameColumn, projectColumn } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useNavigate } from '@/components/lib/use-navigate'
import { DataTable, type Column } from '@/components/ui/DataTable'

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
  nameColumn({ index, kind: 'securityGroup', id: ({ group }) => group.id, name: ({ group }) => group.name, width: '24%' }),
  idColumn(({ group }) => group.id),
  projectColumn('18%'),
  countColumn('ingress', 'Ingress rules', '100px', ({ ingress }) => ingress),
  countColumn('egress', 'Egress rules', '100px', ({ egress }) => egress),
  countColumn('ports', 'Ports', '68px', ({ ports }) => ports),
  descriptionColumn(({ group }) => group.description),
]
