'use client'

import { useQuery } from '@tanstack/react-query'
import { Download, Pencil } from 'lucide-react'

import { idColumn, None } from '@/components/design/columns'
import { ListPane } from '@/components/design/ListPane'
import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { useTRPC } from '@/components/lib/trpc'
import { Button } from '@/components/ui/Button'
import { buttonClass } from '@/components/ui/button-class'
import { CopyTextButton } from '@/components/ui/CopyTextButton'
import { DataTable, type Column } from '@/components/ui/DataTable'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import type { Status } from '@/components/ui/status'
import { TextLink } from '@/components/ui/TextLink'
import type { RecordState } from '@/server/core/gateway/compare-records'
import type { ObjectOf } from '@/server/core/topology/topology'

import { filterRecords, recordRows, type RecordRow } from './record-rows'
import type { GatewayViewState } from './use-gateway-view'

interface RecordsPaneProps {
  readonly index: TopologyIndex
  readonly cluster: ObjectOf['gatewayCluster']
  readonly state: GatewayViewState
}

/** What members know of each floating IP. Those of this cloud follow from the design; another cloud is given them as JSON, and gives its own. */
export function RecordsPane({ index, cluster, state }: RecordsPaneProps) {
  const trpc = useTRPC()
  const { data: told } = useQuery(trpc.gatewayClusters.records.queryOptions({ id: cluster.id }))
  const rows = recordRows(index, cluster, told)
  const { q } = state.view
  const shown = filterRecords(rows, q)
  const json = JSON.stringify(
    rows.filter(({ isOwn }) => isOwn).map(({ record }) => record),
    null,
    2,
  )
  const others = (
    <Button onClick={() => state.open('records')}>
      <Pencil aria-hidden />
      Records of other clouds
    </Button>
  )
  return (
    <ListPane
      noun="record"
      total={rows.length}
      shown={shown.length}
      filter={q}
      onFilter={state.filter}
      searched="Clouds, addresses, MACs, VNIs, ports, hosts and ids are searched."
      nothing={{
        title: 'No record yet',
        text: 'A record tells members which floating IP stands for which VM: it is there as soon as a floating IP of a router that leads out by this cluster leads to a VM.',
        action: others,
      }}
      actions={
        <>
          <CopyTextButton value={json}>Copy as JSON</CopyTextButton>
          <a href={jsonHref(json)} download={`records-of-${cluster.cloudId}.json`} className={buttonClass()}>
            <Download aria-hidden />
            Export JSON
          </a>
          {others}
        </>
      }
    >
      <DataTable label="Records" isVirtual columns={columns} rows={shown} rowKey={({ record }) => record.floatingIp} />
    </ListPane>
  )
}

const jsonHref = (json: string): string => `data:application/json;charset=utf-8,${encodeURIComponent(json)}`

const marks: Readonly<Record<RecordState, { readonly status: Status; readonly words: string }>> = {
  'in-step': { status: 'ok', words: 'in step' },
  missing: { status: 'bad', words: 'has none' },
  stale: { status: 'warn', words: 'has another' },
  unknown: { status: 'unknown', words: 'not read' },
}

const columns: readonly Column<RecordRow>[] = [
  {
    key: 'floating',
    header: 'Floating IP',
    width: '128px',
    sortBy: ({ record }) => record.floatingIp,
    cell: ({ record }) => <Mono value={record.floatingIp} canCopy />,
  },
  {
    key: 'cloud',
    header: 'Cloud',
    width: '12%',
    sortBy: ({ record }) => record.cloudId,
    cell: ({ record, isOwn }) => <span title={record.cloudId}>{isOwn ? record.cloudId : `${record.cloudId}, imported`}</span>,
  },
  {
    key: 'vm',
    header: 'Leads to',
    sortBy: ({ port }) => port,
    cell: ({ port, portId }) =>
      portId ? <TextLink href={routes.networks({ tab: 'ports', selected: portId })} text={port} /> : <None>of another cloud</None>,
  },
  {
    key: 'members',
    header: 'Members',
    cell: ({ states }) => (
      <span className="inline-flex max-w-full gap-3">
        {states.map(({ host, state }) => (
          <StatusMark key={host} status={marks[state].status} label={`${host} ${marks[state].words}`} />
        ))}
      </span>
    ),
  },
  {
    key: 'vmIp',
    header: 'VM address',
    width: '120px',
    sortBy: ({ record }) => record.vmIp,
    cell: ({ record }) => <Mono value={record.vmIp} canCopy />,
  },
  {
    key: 'vni',
    header: 'VNI',
    width: '72px',
    align: 'right',
    sortBy: ({ record }) => record.vni,
    cell: ({ record }) => <span className="font-mono text-sm">{record.vni}</span>,
  },
  {
    key: 'vtep',
    header: 'VTEP',
    width: '128px',
    sortBy: ({ record }) => record.vtep,
    cell: ({ record, host }) => (
      <span title={host ? `of host ${host}` : ''}>
        <Mono value={record.vtep} canCopy />
      </span>
    ),
  },
  {
    key: 'dvr',
    header: 'DVR MAC',
    width: '148px',
    isSecondary: true,
    sortBy: ({ record }) => record.dvrMac,
    cell: ({ record }) => <Mono value={record.dvrMac} canCopy />,
  },
  {
    key: 'selector',
    header: 'Selector MAC',
    width: '148px',
    isSecondary: true,
    sortBy: ({ record }) => record.selectorMac,
    cell: ({ record }) => <Mono value={record.selectorMac} canCopy />,
  },
  idColumn(({ record }) => record.floatingIpId, 'Floating IP ID'),
]
