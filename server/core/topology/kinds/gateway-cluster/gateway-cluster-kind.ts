// The kind `gatewayCluster`, as every list of kinds needs it (../kind.ts).

import { gatewayNamespace } from '../../../naming'
import { memberPortsOf } from '../../gateway-clusters'
import { checkName } from '../../rules/names'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printGatewayCluster } from './gateway-cluster-print'
import { checkGatewayCluster, checkGatewayClusterRemoval } from './gateway-cluster-rules'
import { checkLocalAs } from './gateway-peer-rules'
import { gatewayClusterViolations } from './gateway-cluster-violations'
import { settleGatewayPorts } from './settle-gateway-ports'

export const gatewayClusterKind = {
  kind: 'gatewayCluster',
  list: 'gatewayClusters',
  words: { one: 'gateway cluster', many: 'gateway clusters' },
  about: 'Hosts that lead floating IPs, and what has none, out of the cloud in place of its compute hosts, by one common tunnel address.',
  label: (_, { name }) => name,
  detail: (_, { vip }) => vip,
  keys: (_, { id, vip, cloudId }) => [vip, cloudId, gatewayNamespace(id)],
  print: printGatewayCluster,
  compare: byName,
  check: checkGatewayCluster,
  fieldRules: {
    name: (name) => checkName(name),
    cloudId: (cloudId) => checkName(cloudId, { field: 'cloudId' }),
    localAs: checkLocalAs,
  },
  checkRemoval: checkGatewayClusterRemoval,
  takesAlong: ({ ports }, { id }) => memberPortsOf(ports, id).map((item) => ({ kind: 'port' as const, item })),
  settle: settleGatewayPorts,
  violations: gatewayClusterViolations,
  columns: {
    json: ['functions', 'localAs', 'peers', 'floatingIpPools', 'memberHostIds', 'importedRecords'],
    unique: ['name', 'vip'],
  },
} satisfies DesignKind<'gatewayCluster'>
