'use client'

import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'

import { ChangeMark } from './ChangeMark'
import type { DesignTableProps } from './design-table'
import { filterPhysicalNetworks } from './network-rows'
import { formatVlanRanges } from './vlan-ranges'

export function PhysicalNetworksTable({ index, filter, selectedId, onSelect, empty }: DesignTableProps) {
  const { networks, hosts, physicalNetworks } = index.topology
  const hostsOf = ({ id }: PhysicalNetwork) =>
    hosts
      .filter((host) => host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === id))
      .map((host) => host.name)
      .join(', ')
  const carrierOf = ({ carrierId }: PhysicalNetwork) => physicalNetworks.find(({ id }) => id === carrierId)?.name
  const networkCount = ({ id }: PhysicalNetwork) => networks.filter((network) => network.physicalNetworkId === id).length
  const columns: Column<PhysicalNetwork>[] = [
    {
      key: 'name',
      header: 'Physical network',
      sortBy: (each) => each.name,
      isMarked: true,
      cell: (each) => (
        <span className="flex min-w-0 items-center gap-1">
          <ChangeMark action={index.actionOf(each.id)} />
          <span className="truncate font-medium" title={each.name}>
            {each.name}
          </span>
        </span>
      ),
    },
    {
      key: 'ranges',
      header: 'VLAN ranges',
      width: '22%',
      cell: (each) => <Mono value={formatVlanRanges(each.vlanRanges) || 'none'} />,
    },
    {
      key: 'hosts',
      header: 'Mapped on',
      width: '22%',
      sortBy: hostsOf,
      cell: (each) => hostsOf(each) || <span className="text-faint">no host</span>,
    },
    {
      key: 'carrier',
      header: 'On the wire of',
      width: '14%',
      isSecondary: true,
      sortBy: carrierOf,
      cell: (each) => carrierOf(each) ?? <span className="text-faint">–</span>,
    },
    { key: 'mtu', header: 'MTU', width: '72px', align: 'right', sortBy: (each) => each.mtu, cell: (each) => each.mtu },
    {
      key: 'networks',
      header: 'Networks',
      width: '92px',
      align: 'right',
      sortBy: networkCount,
      cell: networkCount,
    },
  ]
  return (
    <DataTable
      label="Physical networks"
      columns={columns}
      rows={filterPhysicalNetworks(index, filter)}
      rowKey={(each) => each.id}
      selectedKey={selectedId}
      empty={empty}
      onRowSelect={(each) => onSelect(each.id)}
    />
  )
}
