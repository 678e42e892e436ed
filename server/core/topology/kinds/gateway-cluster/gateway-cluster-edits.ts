// Edits of gateway clusters. The external network is for life: its addresses are announced and given away. Members' ports follow by themselves.

import { refused, type TopologyEdit } from '../../edit'
import { findById, othersThan, put } from '../../find'
import type { IdSource } from '../../id-source'
import { checkSeen } from '../../rules/seen-rules'
import { settle } from '../../settle'
import { missing, type Violation } from '../../violation'
import { change, creation, type KindEdits } from '../kind-edits'
import type { GatewayCluster } from './gateway-cluster'
import { type GatewayClusterInput, gatewayClusterInput, type GatewayClusterPatch, gatewayClusterPatchInput } from './gateway-cluster-input'
import { checkGatewayCluster, checkGatewayClusterRemoval } from './gateway-cluster-rules'

type Edit = TopologyEdit<{ id: string }>

function createGatewayCluster(input: GatewayClusterInput, ids: IdSource): Edit {
  const { name, networkId, vip, cloudId, functions, localAs, peers, floatingIpPools, memberHostIds, importedRecords } = input
  return putCluster(
    { id: ids.uuid(), name, networkId, vip, cloudId, functions, localAs, peers, floatingIpPools, memberHostIds, importedRecords },
    ids,
  )
}

function updateGatewayCluster(id: string, patch: GatewayClusterPatch, ids: IdSource): Edit {
  return (topology) => {
    const before = findById(topology.gatewayClusters, id)
    if (!before) return refused(missing('gatewayCluster', 'id'))
    const { name, vip, cloudId, functions, localAs, peers, floatingIpPools, memberHostIds, importedRecords } = patch
    const cluster: GatewayCluster = {
      ...before,
      name: name ?? before.name,
      vip: vip ?? before.vip,
      cloudId: cloudId ?? before.cloudId,
      functions: functions ?? before.functions,
      localAs: localAs ?? before.localAs,
      peers: peers ?? before.peers,
      floatingIpPools: floatingIpPools ?? before.floatingIpPools,
      memberHostIds: memberHostIds ?? before.memberHostIds,
      importedRecords: importedRecords ?? before.importedRecords,
    }
    return putCluster(cluster, ids, checkSeen(topology, 'gatewayCluster', before, patch))(topology)
  }
}

const putCluster =
  (cluster: GatewayCluster, ids: IdSource, further: readonly Violation[] = []): Edit =>
  (topology) => {
    const next = { ...topology, gatewayClusters: put(topology.gatewayClusters, cluster) }
    return settle(next, [...further, ...checkGatewayCluster(next, cluster)], { id: cluster.id }, ids)
  }

function removeGatewayCluster(id: string, ids: IdSource): Edit {
  return (topology) => {
    const cluster = findById(topology.gatewayClusters, id)
    if (!cluster) return refused(missing('gatewayCluster', 'id'))
    const next = { ...topology, gatewayClusters: othersThan(topology.gatewayClusters, cluster) }
    return settle(next, checkGatewayClusterRemoval(topology, cluster), { id }, ids)
  }
}

export const gatewayClusterEdits = {
  create: creation('gatewayCluster', gatewayClusterInput, (input, { ids }) => createGatewayCluster(input, ids)),
  update: change('gatewayCluster', gatewayClusterPatchInput, (id, patch, { ids }) => updateGatewayCluster(id, patch, ids)),
  remove: (id, { ids }) => removeGatewayCluster(id, ids),
} satisfies KindEdits
