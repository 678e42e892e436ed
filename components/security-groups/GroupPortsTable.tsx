'use client'

import { Marked } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { TextLink } from '@/components/ui/TextLink'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'

import { PortFilterMark } from './PortFilterMark'
import { vmBehind } from './security-group-rows'

interface GroupPortsTableProps {
  readonly index: TopologyIndex
  readonly ports: readonly Port[]
}

export function GroupPortsTable({ index, ports }: GroupPortsTableProps) {
  return <DataTable label="Ports in the group" isVirtual columns={columnsOf(index)} rows={ports} rowKey={({ id }) => id} />
}

function columnsOf(index: TopologyIndex): Column<Port>[] {
  const labelOf = (port: Port) => labelPort(index.topology, port)
  const networkOf = (port: Port) => index.network(port.networkId)?.name
  return [
    {
      key: 'port',
      header: 'Port',
      width: '22%',
      sortBy: labelOf,
      isMarked: true,
      cell: (port) => (
        <Marked action={index.actionOf(port.id)}>
          <TextLink href={routes.networks({ tab: 'ports', selected: port.id })} text={labelOf(port)} />
        </Marked>
      ),
    },
    { key: 'network', header: 'Network', width: '14%', sortBy: networkOf, cell: networkOf },
    {
      key: 'addresses',
      header: 'Addresses',
      width: '16%',
      sortBy: addressText,
      cell: (port) => <Mono value={addressText(port) || '–'} canCopy={port.fixedIps.length > 0} />,
    },
    {
      key: 'vm',
      header: 'VM',
      width: '14%',
      sortBy: (port) => vmBehind(index, port)?.name,
      cell: (port) => {
        const vm = vmBehind(index, port)
        return vm ? (
          <TextLink href={routes.networks({ tab: 'vms', selected: vm.id })} text={vm.name} />
        ) : (
          <span className="text-faint">none</span>
        )
      },
    },
    {
      key: 'host',
      header: 'Host',
      width: '12%',
      sortBy: (port) => index.host(port.hostId)?.name,
      cell: (port) => {
        const host = index.host(port.hostId)
        return host ? <TextLink href={routes.host(host.id)} text={host.name} /> : <span className="text-faint">not bound</span>
      },
    },
    {
      key: 'filter',
      header: 'Filter',
      cell: (port) => <PortFilterMark index={index} port={port} />,
    },
  ]
}
