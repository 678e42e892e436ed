// A subport of a trunk (docs/reference/linux-bridge.md): a VLAN interface on the parent's tap takes the guest's tag off and puts it on, and
// is a port of the bridge of the subport's network. The parent's untagged frames stay in the parent's own bridge.

import type { HostState } from '../../host/host-state'
import { invariant } from '../../invariant'
import { brqName, tapName } from '../../naming'
import type { SubPort, Trunk } from '../../topology/kinds/trunk/trunk'
import type { HostScope } from '../scope'
import { withoutIpv6 } from './bridge'

export function compileSubPort(scope: HostScope, trunk: Trunk, { portId, segmentationId }: SubPort): Partial<HostState> {
  const port = scope.subPorts.find(({ id }) => id === portId)
  invariant(port, `subport ${portId} of a trunk is not bound to its host ${scope.host.id}`)
  const name = tapName(port.id)
  return {
    links: [
      {
        netns: '',
        name,
        type: 'vlan',
        owner: { kind: 'port', id: port.id },
        isUp: true,
        mtu: scope.network(port.networkId).mtu,
        master: brqName(port.networkId),
        vlan: { lower: tapName(trunk.portId), id: segmentationId },
      },
    ],
    sysctls: [withoutIpv6(name)],
  }
}
