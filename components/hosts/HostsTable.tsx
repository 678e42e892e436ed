'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { useNavigate } from '@/components/lib/use-navigate'
import { Age } from '@/components/ui/Age'
import { Badge } from '@/components/ui/Badge'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import type { HostSummary } from '@/server/core/api-types'

import { loginText } from './access-form'
import { healthMark, STALE_READING_S } from './host-health'
import { RoleBadges } from './RoleBadges'

const COLUMNS: readonly Column<HostSummary>[] = [
  {
    key: 'health',
    header: 'State',
    width: '140px',
    sortBy: ({ health }) => healthMark(health).label,
    cell: ({ health }) => <StatusMark {...healthMark(health)} />,
  },
  {
    key: 'name',
    header: 'Host',
    sortBy: ({ host }) => host.name,
    cell: ({ host }) => (
      <Link href={routes.host(host.id)} className="font-medium hover:underline">
        {host.name}
      </Link>
    ),
  },
  {
    key: 'address',
    header: 'Address',
    sortBy: ({ access }) => access.address,
    width: '24%',
    cell: ({ access }) => <Mono value={loginText(access)} canCopy />,
  },
  { key: 'roles', header: 'Roles', width: '136px', cell: ({ host }) => <RoleBadges roles={host.roles} /> },
  {
    key: 'zone',
    header: 'Zone',
    width: '80px',
    isSecondary: true,
    sortBy: ({ host }) => host.availabilityZone,
    cell: ({ host }) => host.availabilityZone,
  },
  {
    key: 'tunnel',
    header: 'Tunnel address',
    sortBy: ({ host }) => host.tunnel?.address,
    width: '128px',
    isSecondary: true,
    cell: ({ host }) => <Tunnel address={host.tunnel?.address ?? null} />,
  },
  {
    key: 'prepared',
    header: 'Prepared',
    width: '92px',
    sortBy: ({ host }) => host.isPrepared,
    cell: ({ host }) => <Prepared host={host} />,
  },
  { key: 'vms', header: 'VMs', width: '64px', align: 'right', sortBy: ({ vmCount }) => vmCount, cell: ({ vmCount }) => vmCount },
  {
    key: 'ports',
    header: 'Ports',
    width: '72px',
    align: 'right',
    sortBy: ({ portCount }) => portCount,
    cell: ({ portCount }) => portCount,
  },
  {
    key: 'read',
    header: 'Read',
    sortBy: ({ health }) => health.observedAt,
    width: '92px',
    align: 'right',
    cell: ({ health }) => <Age at={health.observedAt} staleAfterS={STALE_READING_S} className="text-sm" />,
  },
]

export function HostsTable({ hosts }: { readonly hosts: readonly HostSummary[] }) {
  const navigate = useNavigate()
  return (
    <DataTable
      label="Hosts"
      isVirtual
      columns={COLUMNS}
      rows={hosts}
      rowKey={({ host }) => host.id}
      onRowSelect={({ host }) => navigate.push(routes.host(host.id))}
    />
  )
}

function Tunnel({ address }: { readonly address: string | null }) {
  return address ? <Mono value={address} /> : <span className="text-faint">–</span>
}

function Prepared({ host }: { readonly host: HostSummary['host'] }) {
  if (host.isReadOnly) return <Badge title="Nothing is ever changed on this host">read-only</Badge>
  return host.isPrepared ? 'yes' : <span className="text-faint">no</span>
}
