'use client'

// The tabs of a gateway cluster that tell what it is made of: members, pools, BGP peers, and the routers that lead out by it.

import { countColumn, None } from '@/components/design/columns'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { EmptyState } from '@/components/ui/EmptyState'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import { TextLink } from '@/components/ui/TextLink'
import type { BgpPeer } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import type { ObjectOf } from '@/server/core/topology/topology'

import { memberRows, poolRows, userRows, type MemberRow, type PoolRow, type UserRow } from './gateway-rows'

interface PaneProps {
  readonly index: TopologyIndex
  readonly cluster: ObjectOf['gatewayCluster']
}

export const MembersPane = ({ index, cluster }: PaneProps) => (
  <Pane label="Members" columns={memberColumns} rows={memberRows(index, cluster)} rowKey={({ host }) => host.id} />
)

export const PoolsPane = ({ index, cluster }: PaneProps) => (
  <Pane label="Pools" columns={poolColumns} rows={poolRows(index, cluster)} rowKey={({ pool }) => pool.start} />
)

export const PeersPane = ({ cluster }: PaneProps) => (
  <Pane label="BGP peers" columns={peerColumns} rows={cluster.peers} rowKey={({ address }) => address} />
)

export function RoutersPane({ index, cluster }: PaneProps) {
  const rows = userRows(index, cluster)
  if (rows.length > 0) return <Pane label="Routers" columns={userColumns} rows={rows} rowKey={({ router }) => router.id} />
  return (
    <EmptyState title="No router leads out by it yet">
      Edit a distributed router, and choose this cluster for its floating IPs. Its gateway is in the same external network then.
    </EmptyState>
  )
}

function Pane<Row extends object>(props: Pick<Parameters<typeof DataTable<Row>>[0], 'label' | 'columns' | 'rows' | 'rowKey'>) {
  return (
    <div className="h-full bg-panel">
      <DataTable isVirtual {...props} />
    </div>
  )
}

const memberColumns: readonly Column<MemberRow>[] = [
  {
    key: 'host',
    header: 'Host',
    width: '18%',
    sortBy: ({ host }) => host.name,
    cell: ({ host }) => <TextLink href={routes.host(host.id)} text={host.name} />,
  },
  {
    key: 'state',
    header: 'State',
    width: '16%',
    cell: ({ host }) =>
      host.isReadOnly ? (
        <StatusMark status="warn" label="read-only" />
      ) : host.isPrepared ? (
        <StatusMark status="ok" label="prepared" />
      ) : (
        <StatusMark status="warn" label="not prepared" />
      ),
  },
  {
    key: 'tunnel',
    header: 'Underlay address',
    width: '18%',
    sortBy: ({ host }) => host.tunnel?.address,
    cell: ({ host: { tunnel } }) => (tunnel ? <Mono value={`${tunnel.address}/${tunnel.prefixLength}`} canCopy /> : <None />),
  },
  {
    key: 'uplink',
    header: 'Outside address',
    width: '18%',
    sortBy: ({ uplink }) => uplink,
    cell: ({ uplink }) => (uplink ? <Mono value={uplink} canCopy /> : <None />),
  },
  {
    key: 'snat',
    header: 'SNAT address',
    width: '18%',
    sortBy: ({ snat }) => snat,
    cell: ({ snat }) => (snat ? <Mono value={snat} canCopy /> : <None>no SNAT</None>),
  },
  {
    key: 'port',
    header: 'Port',
    cell: ({ port }) => port && <TextLink href={routes.networks({ tab: 'ports', selected: port.id })} text={port.id.slice(0, 8)} />,
  },
]

const poolColumns: readonly Column<PoolRow>[] = [
  {
    key: 'pool',
    header: 'Pool',
    width: '28%',
    sortBy: ({ pool }) => pool.start,
    cell: ({ pool: { start, end } }) => <Mono value={start === end ? start : `${start}–${end}`} canCopy />,
  },
  {
    key: 'subnet',
    header: 'Subnet',
    cell: ({ subnet }) =>
      subnet ? <TextLink href={routes.networks({ selected: subnet.id })} text={subnet.name || subnet.cidr} /> : <None />,
  },
  countColumn('size', 'Addresses', '92px', ({ size }) => size),
  countColumn('floating', 'Floating IPs', '96px', ({ floatingIps }) => floatingIps),
  countColumn('members', 'SNAT', '72px', ({ members }) => members),
  countColumn('elsewhere', 'Other clouds', '100px', ({ elsewhere }) => elsewhere),
  countColumn('others', 'Other ports', '92px', ({ others }) => others),
  countColumn('free', 'Free', '72px', ({ free }) => free),
]

const peerColumns: readonly Column<BgpPeer>[] = [
  {
    key: 'address',
    header: 'Address',
    width: '32%',
    sortBy: ({ address }) => address,
    cell: ({ address }) => <Mono value={address} canCopy />,
  },
  { key: 'as', header: 'AS', width: '20%', sortBy: ({ as }) => as, cell: ({ as }) => <span className="font-mono text-sm">{as}</span> },
  { key: 'bfd', header: 'BFD', cell: ({ hasBfd }) => (hasBfd ? 'on: a failure is noticed in a fraction of a second' : 'off') },
]

const userColumns: readonly Column<UserRow>[] = [
  {
    key: 'router',
    header: 'Router',
    width: '32%',
    sortBy: ({ router }) => router.name,
    cell: ({ router }) => <TextLink href={routes.router(router.id)} text={router.name} />,
  },
  { key: 'project', header: 'Project', width: '24%', sortBy: ({ project }) => project, cell: ({ project }) => project },
  { key: 'snat', header: 'SNAT', width: '16%', cell: ({ router }) => (router.gateway?.isSnatEnabled ? 'on' : 'off') },
  countColumn('floating', 'Floating IPs', '96px', ({ floatingIps }) => floatingIps),
]
