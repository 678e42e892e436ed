// A device in a namespace that is plugged into a network's bridge (BridgeInterfaceDriver), the port's tap outside.

import type { HostState } from '../../host/host-state'
import { brqName, tapName, type Owner } from '../../naming'
import type { Network } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import type { InsidePlace } from '../agent-driver'
import { isDead } from '../scope'

export function compileVethPlug(port: Port, network: Network, { netns, device: inside }: InsidePlace): Partial<HostState> {
  const owner: Owner = { kind: 'port', id: port.id }
  const outside = tapName(port.id)
  const end = { type: 'veth', owner, mtu: network.mtu } as const
  return {
    links: [
      { ...end, netns: '', name: outside, isUp: !isDead(port, network), master: brqName(network.id), peer: { netns, name: inside } },
      { ...end, netns, name: inside, isUp: true, macAddress: port.macAddress, peer: { netns: '', name: outside } },
    ],
  }
}
