// The records of a gateway cluster, with what each member has of them; and as they are told to other clouds.

import type { GatewayRecords } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { compileHost } from '@/server/core/compile/compile'
import { compareMember } from '@/server/core/gateway/compare-records'
import { unknownPartOf } from '@/server/core/host/unknown-parts'
import { GATEWAY_BRIDGE } from '@/server/core/naming'
import { findById } from '@/server/core/topology/find'
import { recordsOf, translatedBy } from '@/server/core/topology/gateway-records'
import { parseIpv4 } from '@/server/core/topology/ipv4'
import type { GatewayCluster, GatewayRecord } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import type { Topology } from '@/server/core/topology/topology'
import type { AppContext } from './app-context'

export async function describeRecords({ store, conductor }: Pick<AppContext, 'store' | 'conductor'>, id: string): Promise<GatewayRecords> {
  const topology = await store.loadTopology()
  const cluster = requireCluster(topology, id)
  const members = await Promise.all(cluster.memberHostIds.map((hostId) => compareHost({ conductor }, topology, hostId)))
  const statesOf = (address: string) => members.map(({ hostId, stateOf }) => ({ hostId, state: stateOf(address) }))
  const own = exportRecords(topology, cluster)
  const records = [...own, ...cluster.importedRecords].toSorted(byAddress)
  const floating = new Set(records.map(({ floatingIp }) => floatingIp))
  return {
    cloudId: cluster.cloudId,
    members: members.map(({ hostId, name, observedAt, leftovers }) => ({ hostId, name, observedAt, leftovers })),
    records: records.map((record) => ({ ...record, isImported: !own.includes(record), states: statesOf(record.floatingIp) })),
    withoutFloatingIp: translatedBy(topology, cluster)
      .filter(({ address }) => !floating.has(address))
      .map((each) => ({ ...each, states: statesOf(each.address) })),
  }
}

async function compareHost({ conductor }: Pick<AppContext, 'conductor'>, topology: Topology, hostId: string) {
  const reading = await conductor.lastObservation(hostId)
  const isKnown = reading !== null && unknownPartOf(reading, 'flows', { bridge: GATEWAY_BRIDGE }) === null
  const observed = isKnown ? reading.state.flows.filter(({ bridge }) => bridge === GATEWAY_BRIDGE) : null
  const desired = compileHost(topology, hostId).flows.filter(({ bridge }) => bridge === GATEWAY_BRIDGE)
  const name = findById(topology.hosts, hostId)?.name ?? hostId
  return { hostId, name, observedAt: reading?.observedAt ?? null, ...compareMember(desired, observed) }
}

/** Those of this cloud, by address: what another one imports. */
export const exportRecords = (topology: Topology, cluster: GatewayCluster): readonly GatewayRecord[] =>
  recordsOf(topology, cluster).toSorted(byAddress)

const byAddress = (a: GatewayRecord, b: GatewayRecord): number => (parseIpv4(a.floatingIp) ?? 0) - (parseIpv4(b.floatingIp) ?? 0)

export function requireCluster({ gatewayClusters }: Topology, id: string): GatewayCluster {
  const cluster = findById(gatewayClusters, id)
  if (!cluster) throw new AppError('not_found', 'This gateway cluster does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  return cluster
}
