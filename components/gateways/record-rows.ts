// The records of a gateway cluster as rows of their table: those of this design, which follow from it, and those of other clouds. Pure.

import type { TopologyIndex } from '@/components/lib/topology-index'
import { matches } from '@/components/networks/matches'
import { compareNames } from '@/components/ui/compare-naturally'
import type { GatewayRecord } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
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
}

/** By floating IP. */
export function recordRows(_index: TopologyIndex, cluster: ObjectOf['gatewayCluster']): readonly RecordRow[] {
  const imported = cluster.importedRecords.map((record): RecordRow => ({ record, isOwn: false, portId: null, port: '', host: '' }))
  return imported.toSorted((a, b) => compareNames(a.record.floatingIp, b.record.floatingIp))
}

export const filterRecords = (rows: readonly RecordRow[], filter: string): readonly RecordRow[] =>
  rows.filter(({ record, port, host }) => matches(filter, [...Object.values(record).map(String), port, host]))
