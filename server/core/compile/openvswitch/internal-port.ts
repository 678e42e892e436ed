// A device in a namespace as an internal port of br-int: Open vSwitch makes it outside, and it moves in (OVSInterfaceDriver).

import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import type { InsidePlace } from '../agent-driver'
import { isDead, type HostScope } from '../scope'
import { compileAntiSpoofing } from './anti-spoofing'
import { wiring } from './hybrid-plug'
import { ovsPort } from './integration-bridge'

export function compileInternalPort(scope: HostScope, port: Port, network: Network, { netns, device }: InsidePlace): Partial<HostState> {
  const owner: Owner = { kind: 'port', id: port.id }
  return {
    links: [{ netns, name: device, type: 'ovs-internal', owner, isUp: true, mtu: network.mtu, macAddress: port.macAddress }],
    ovsPorts: [
      {
        ...ovsPort(INTEGRATION_BRIDGE, device, owner, {
          type: 'internal',
          options: {},
          externalIds: { 'iface-id': port.id, 'iface-status': 'active', 'attached-mac': port.macAddress },
        }),
        ...wiring(scope, port, network),
      },
    ],
    // What a dead port sends is dropped, as with the port of a VM.
    ...(isDead(port, network) ? compileAntiSpoofing(scope, port, device) : {}),
  }
}
