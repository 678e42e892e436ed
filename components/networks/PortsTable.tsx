'use client'

import { addressText, type TopologyIndex } from '@/components/lib/topology-index'
import { groupsText, PortGroups } from '@/components/security-groups/PortGroups'
import { Badge } from '@/components/ui/Badge'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { isFloatingIpPort, isFloatingPort } from '@/server/core/topology/floating-ips'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'
import { isRouterPort } from '@/server/core/topology/router-ports'

import { ChangeMark } from './ChangeMark'
import type { DesignTableProps } from './design-table'
import { filterPorts } from './network-rows'

export function PortsTable({ index, filter, selectedId, onSelect, empty }: DesignTableProps) {
  const networkOf = (port: Port) => index.network(port.networkId)?.name
  const columns: Column<Port>[] = [
    {
      key: 'name',
      header: 'Port',
      sortBy: (port) => labelPort(index.topology, port),
      isMarked: true,
      cell: (port) => (
        <span className="flex min-w-0 items-center gap-1">
          <ChangeMark action={index.actionOf(port.id)} />
          <span className="truncate font-medium" title={labelPort(index.topology, port)}>
            {labelPort(index.topology, port)}
          </span>
          {!port.isAdminStateUp && <Badge status="warn">down</Badge>}
        </span>
      ),
    },
    { key: 'network', header: 'Network', width: '14%', sortBy: networkOf, cell: networkOf },
    {
      key: 'addresses',
      header: 'Addresses',
      sortBy: addressText,
      width: '14%',
      cell: (port) => <Mono value={addressText(port) || '–'} canCopy={port.fixedIps.length > 0} />,
    },
    {
      key: 'groups',
      header: 'Security groups',
      width: '14%',
      isSecondary: true,
      sortBy: (port) => groupsText(index, port),
      cell: (port) => <PortGroups index={index} port={port} />,
    },
    {
      key: 'mac',
      header: 'MAC',
      width: '164px',
      isSecondary: true,
      sortBy: (port) => port.macAddress,
      cell: (port) => <Mono value={port.macAddress} canCopy />,
    },
    {
      key: 'host',
      header: 'Host',
      sortBy: (port) => index.host(port.hostId)?.name,
      width: '11%',
      cell: (port) => index.host(port.hostId)?.name ?? <span className="text-faint">not bound</span>,
    },
    {
      key: 'use',
      header: 'Used by',
      width: '12%',
      sortBy: (port) => usedBy(index, port),
      cell: (port) => usedBy(index, port) ?? <span className="text-faint">nobody</span>,
    },
  ]
  return (
    <DataTable
      label="Ports"
      isVirtual
      columns={columns}
      rows={filterPorts(index, filter)}
      rowKey={(port) => port.id}
      selectedKey={selectedId}
      empty={empty}
      onRowSelect={(port) => onSelect(port.id)}
    />
  )
}

/** null: nobody. */
function usedBy(index: TopologyIndex, port: Port): string | null {
  if (port.deviceOwner === 'network:dhcp') return 'DHCP'
  if (isFloatingPort(port)) return isFloatingIpPort(port) ? 'floating IP' : 'floating IPs'
  if (isRouterPort(port)) return `router ${index.router(port.deviceId)?.name ?? ''}`.trim()
  const member = index.memberOf(port.id)
  if (member) return `trunk ${labelTrunk(index.topology, member.trunk)}`
  const vm = index.vmOf(port)
  return vm ? `VM ${vm.name}` : null
}
