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
  const columns: Column<PhysicalNetwork>[] = [
    {
      key: 'name',
      header: 'Physical network',
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
      cell: (each) =>
        hosts
          .filter((host) => host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === each.id))
          .map((host) => host.name)
          .join(', ') || <span className="text-faint">no host</span>,
    },
    {
      key: 'carrier',
      header: 'On the wire of',
      width: '14%',
      isSecondary: true,
      cell: (each) => physicalNetworks.find(({ id }) => id === each.carrierId)?.name ?? <span className="text-faint">–</span>,
    },
    { key: 'mtu', header: 'MTU', width: '72px', align: 'right', cell: (each) => each.mtu },
    {
      key: 'networks',
      header: 'Networks',
      width: '84px',
      align: 'right',
      cell: (each) => networks.filter((network) => network.physicalNetworkId === each.id).length,
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
