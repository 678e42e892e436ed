// A trunk on a Linux bridge host: VLAN interfaces on the parent's tap (docs/reference/linux-bridge.md).

import { auditHops } from '../audit-hops'
import { linuxBridgeHops, linuxBridgeReach } from './hops'
import { linuxBridgeTrunkState } from './status'
import type { TrunkDriver } from '../trunk-driver'

export const linuxbridgeTrunk: TrunkDriver = {
  notBuilt: () => null,
  wiredState: linuxBridgeTrunkState,
  restsOn: [
    ['domains', {}],
    ['links', { netns: '' }],
  ],
  auditHops: (context, pair) => (context.host ? linuxBridgeHops(context, context.host, pair) : auditHops(context, pair)),
  reach: linuxBridgeReach,
}
