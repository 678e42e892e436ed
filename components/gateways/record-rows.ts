// The records of a gateway cluster as rows of their table: those of this design, which follow from it, and those of other clouds; with what members had of
// each when they were last read. Pure.

import type { TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { compareNames } from '@/components/ui/compare-naturally'
import type { GatewayRecords } from '@/server/core/api-types'
import type { RecordState } from '@/server/core/gateway/compare-records'
import { findById } from '@/server/core/topology/find'
import { recordsOf } from '@/server/core/topology/gateway-records'
import type { GatewayRecord } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import type { ObjectOf } from '@/server/core/topology/topology'

export interface RecordRow {
  readonly record: GatewayRecord
  /** Of this design. */
  readonly isOwn: boolean
  /** Whom it leads to; null in another cloud. */
  readonly portId: string | null
  readonly port: string
  /** Of the VM. */
  readonly host: string
  /** Member by member. */
  readonly states: readonly { readonly host: string; readonly state: RecordState }[]
}

/** By floating IP. `told`: undefined until it is there. */
export function recordRows(
  { topology }: TopologyIndex,
  cluster: ObjectOf['gatewayCluster'],
  told: GatewayRecords | undefined,
): readonly RecordRow[] {
  const names = new Map(told?.members.map(({ hostId, name }) => [hostId, name]))
  const known = new Map(told?.records.map(({ floatingIp, states }) => [floatingIp, states]))
  const statesOf = ({ floatingIp }: GatewayRecord) =>
    (known.get(floatingIp) ?? []).map(({ hostId, state }) => ({ host: names.get(hostId) ?? hostId, state }))
  const own = recordsOf(topology, cluster).map((record): RecordRow => {
    const port = findById(topology.ports, findById(topology.floatingIps, record.floatingIpId)?.fixedPortId)
    return {
      record,
      isOwn: true,
      portId: port?.id ?? null,
      port: port ? labelPort(topology, port) : '',
      host: findById(topology.hosts, port?.hostId)?.name ?? '',
      states: statesOf(record),
    }
  })
  const imported = cluster.importedRecords.map((record): RecordRow => ({
    record,
    isOwn: false,
    portId: null,
    port: '',
    host: '',
    states: statesOf(record),
  }))
  return [...own, ...imported].toSorted((a, b) => compareNames(a.record.floatingIp, b.record.floatingIp))
}

export const filterRecords = (rows: readonly RecordRow[], filter: string): readonly RecordRow[] =>
  rows.filter(({ record, port, host }) => matches(filter, [...Object.values(record).map(String), port, host]))
