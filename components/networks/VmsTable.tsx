'use client'

import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { ChangeMark } from './ChangeMark'
import type { DesignTableProps } from './design-table'
import { filterVms } from './network-rows'

export function VmsTable({ index, filter, selectedId, onSelect, empty }: DesignTableProps) {
  const ports = new Map(index.topology.ports.map((port) => [port.id, port]))
  const addressesOf = (vm: Vm) => vm.portIds.flatMap((id) => ports.get(id)?.fixedIps.map(({ ipAddress }) => ipAddress) ?? []).join(' ')
  const networksOf = (vm: Vm) => vm.portIds.map((id) => index.network(ports.get(id)?.networkId ?? '')?.name ?? '?').join(', ')
  const projectOf = (vm: Vm) => index.project(vm.projectId)?.name
  const hostOf = (vm: Vm) => index.host(vm.hostId)?.name
  const columns: Column<Vm>[] = [
    {
      key: 'name',
      header: 'VM',
      sortBy: (vm) => vm.name,
      isMarked: true,
      cell: (vm) => (
        <span className="flex min-w-0 items-center gap-1">
          <ChangeMark action={index.actionOf(vm.id)} />
          <span className="truncate font-medium" title={vm.name}>
            {vm.name}
          </span>
        </span>
      ),
    },
    { key: 'project', header: 'Project', width: '14%', isSecondary: true, sortBy: projectOf, cell: projectOf },
    { key: 'host', header: 'Host', width: '14%', sortBy: hostOf, cell: hostOf },
    { key: 'networks', header: 'Networks', width: '20%', sortBy: networksOf, cell: networksOf },
    {
      key: 'addresses',
      header: 'Addresses',
      width: '20%',
      sortBy: addressesOf,
      cell: (vm) => <Mono value={addressesOf(vm) || '–'} canCopy />,
    },
    {
      key: 'memory',
      header: 'Memory',
      width: '92px',
      align: 'right',
      isSecondary: true,
      sortBy: (vm) => vm.memoryMib,
      cell: (vm) => `${vm.memoryMib} MiB`,
    },
    { key: 'vcpus', header: 'vCPUs', width: '76px', align: 'right', isSecondary: true, sortBy: (vm) => vm.vcpus, cell: (vm) => vm.vcpus },
  ]
  return (
    <DataTable
      label="VMs"
      isVirtual
      columns={columns}
      rows={filterVms(index, filter)}
      rowKey={(vm) => vm.id}
      selectedKey={selectedId}
      empty={empty}
      onRowSelect={(vm) => onSelect(vm.id)}
    />
  )
}
