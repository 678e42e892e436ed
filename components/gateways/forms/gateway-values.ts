// The forms of gateway clusters ↔ the API, and what there is to choose from. Pure; what may be a member, a VIP or a pool is the server's rule.

import { checkInput, checkPatch } from '@/components/lib/check-form'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { parsePools, printPools } from '@/components/networks/forms/pools-text'
import type { ChecklistOption } from '@/components/ui/Checklist'
import { compareNames } from '@/components/ui/compare-naturally'
import type { KeyedRow } from '@/components/ui/keyed-rows'
import { gatewayFunctions, type GatewayFunction } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster'
import { gatewayClusterInput, gatewayClusterPatchInput } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster-input'
import { gatewayClusterKind } from '@/server/core/topology/kinds/gateway-cluster/gateway-cluster-kind'
import type { ObjectOf } from '@/server/core/topology/topology'

interface PeerRow extends KeyedRow {
  readonly address: string
  readonly as: number | null
  readonly hasBfd: boolean
}

export interface GatewayValues {
  readonly name: string
  readonly description: string
  readonly networkId: string
  readonly vip: string
  readonly cloudId: string
  readonly doesFloatingIps: boolean
  readonly doesSnat: boolean
  readonly localAs: number | null
  readonly peers: readonly PeerRow[]
  /** One pool per line. */
  readonly pools: string
  readonly memberHostIds: readonly string[]
}

export const newPeer = (key: number): PeerRow => ({ key, address: '', as: null, hasBfd: true })

export const emptyGateway: GatewayValues = {
  name: '',
  description: '',
  networkId: '',
  vip: '',
  cloudId: '',
  doesFloatingIps: true,
  doesSnat: true,
  localAs: null,
  peers: [newPeer(0)],
  pools: '',
  memberHostIds: [],
}

export const gatewayValues = (cluster: ObjectOf['gatewayCluster']): GatewayValues => ({
  name: cluster.name,
  description: cluster.description ?? '',
  networkId: cluster.networkId,
  vip: cluster.vip,
  cloudId: cluster.cloudId,
  doesFloatingIps: cluster.functions.includes('floating-ip'),
  doesSnat: cluster.functions.includes('snat'),
  localAs: cluster.localAs,
  peers: cluster.peers.map((peer, key) => ({ key, ...peer })),
  pools: printPools(cluster.floatingIpPools),
  memberHostIds: cluster.memberHostIds,
})

export const toGatewayPatch = (values: GatewayValues) => ({
  name: values.name,
  description: values.description,
  vip: values.vip.trim(),
  cloudId: values.cloudId,
  functions: gatewayFunctions.filter((each) => isChosen(values, each)),
  // An empty box is told by the rule of AS numbers.
  localAs: values.localAs ?? 0,
  peers: values.peers.map(({ address, as, hasBfd }) => ({ address: address.trim(), as: as ?? 0, hasBfd })),
  floatingIpPools: parsePools(values.pools),
  memberHostIds: [...values.memberHostIds],
})

const isChosen = ({ doesFloatingIps, doesSnat }: GatewayValues, each: GatewayFunction): boolean =>
  each === 'snat' ? doesSnat : doesFloatingIps

export const toGatewayInput = (values: GatewayValues) => ({ networkId: values.networkId, ...toGatewayPatch(values) })

export const checkNewGateway = checkInput(gatewayClusterInput, toGatewayInput, gatewayClusterKind.fieldRules)
export const checkGatewayEdit = checkPatch(gatewayClusterPatchInput, toGatewayPatch, gatewayClusterKind.fieldRules)

/** Hosts with the role, and those that are members already, by name; with the cluster that has one. */
export const memberOptions = ({ topology }: TopologyIndex, clusterId: string | null): readonly ChecklistOption[] =>
  topology.hosts
    .filter(
      ({ id, roles }) => roles.includes('gateway') || topology.gatewayClusters.some(({ memberHostIds }) => memberHostIds.includes(id)),
    )
    .toSorted((a, b) => compareNames(a.name, b.name))
    .map(({ id, name, tunnel }) => {
      const other = topology.gatewayClusters.find((each) => each.id !== clusterId && each.memberHostIds.includes(id))
      const address = tunnel ? `${tunnel.address}/${tunnel.prefixLength}` : 'no tunnel address'
      return { id, label: name, detail: other ? `${address}, member of ${other.name}` : address }
    })
