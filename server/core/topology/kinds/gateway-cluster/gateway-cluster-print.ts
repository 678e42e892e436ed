// The fields of a gateway cluster as people read them.

import { list, nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import type { GatewayCluster, GatewayFunction } from './gateway-cluster'

const printedFunctions: Readonly<Record<GatewayFunction, string>> = { 'floating-ip': 'floating IPs', snat: 'SNAT' }

export const printGatewayCluster = (cluster: GatewayCluster, names: Topology): PrintedFields => ({
  name: cluster.name,
  network: nameOf(names.networks, cluster.networkId),
  VIP: cluster.vip,
  'cloud id': cluster.cloudId,
  functions: list(cluster.functions.map((each) => printedFunctions[each])),
  members: list(cluster.memberHostIds.map((id) => nameOf(names.hosts, id) ?? id)),
  'floating IP pools': list(cluster.floatingIpPools.map(({ start, end }) => `${start}–${end}`)),
  AS: String(cluster.localAs),
  'BGP peers': list(cluster.peers.map(({ address, as, hasBfd }) => `${address} in AS ${as}${hasBfd ? ' with BFD' : ''}`)),
  ...Object.fromEntries(
    cluster.importedRecords.map((record) => [
      `record of ${record.floatingIp} from ${record.cloudId}`,
      `${record.vmIp} in VNI ${record.vni} at ${record.vtep}, DVR MAC ${record.dvrMac}, selector ${record.selectorMac}`,
    ]),
  ),
})
