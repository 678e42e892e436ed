// A device in a namespace as an internal port of br-int: Open vSwitch makes it outside, and it moves in (OVSInterfaceDriver).

import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import type { InsidePlace } from '../agent-driver'
import type { HostScope } from '../scope'
import { portOtherConfig } from './hybrid-plug'
import { ovsPort } from './integration-bridge'

export function compileInternalPort(scope: HostScope, port: Port, network: Network, { netns, device }: InsidePlace): Partial<HostState> {
  const owner: Owner = { kind: 'port', id: port.id }
  const tag = scope.localVlan(network.id)
  return {
    links: [{ netns, name: device, type: 'ovs-internal', owner, isUp: true, mtu: network.mtu, macAddress: port.macAddress }],
    ovsPorts: [
      {
        ...ovsPort(INTEGRATION_BRIDGE, device, owner, {
          type: 'internal',
          options: {},
          externalIds: { 'iface-id': port.id, 'iface-status': 'active', 'attached-mac': port.macAddress },
        }),
        tag,
        otherConfig: portOtherConfig(scope, network, tag),
      },
    ],
  }
}
