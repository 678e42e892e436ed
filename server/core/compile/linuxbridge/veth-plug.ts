// A device in a namespace that is plugged into a network's bridge (BridgeInterfaceDriver): ns- inside, the port's tap outside.

import type { HostState } from '../../host/host-state'
import { brqName, dhcpNamespace, nsName, tapName, type Owner } from '../../naming'
import type { Network, Port } from '../../topology/topology'
import { isDead } from '../scope'

export function compileVethPlug(port: Port, network: Network): Partial<HostState> {
  const owner: Owner = { kind: 'port', id: port.id }
  const netns = dhcpNamespace(network.id)
  const [inside, outside] = [nsName(port.id), tapName(port.id)]
  const end = { type: 'veth', owner, mtu: network.mtu } as const
  return {
    links: [
      { ...end, netns: '', name: outside, isUp: !isDead(port, network), master: brqName(network.id), peer: { netns, name: inside } },
      { ...end, netns, name: inside, isUp: true, macAddress: port.macAddress, peer: { netns: '', name: outside } },
    ],
  }
}
