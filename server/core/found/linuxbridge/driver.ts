// What Neutron's Linux bridge agent leaves on a host (docs/reference/linux-bridge.md): a bridge brq per network with the taps of its ports
// and one way out. Names are all that it tells: of a port's and a network's id the first 11 characters.

import { INTEGRATION_BRIDGE } from '../../naming'
import type { HostView } from '../../path/host-view'
import type { BridgeMapping, Tunnel } from '../../topology/kinds/host/host'
import type { Network } from '../../topology/kinds/network/network'
import type { FoundDriver } from '../found-port'
import { bridgeOf, foundPorts, membersOf, networkBridges } from './ports'

export const foundLinuxbridge: FoundDriver = {
  agentKind: 'linuxbridge',
  isAt: (view) => !view.bridge(INTEGRATION_BRIDGE) && networkBridges(view).length > 0,
  ports: foundPorts,
  tunnel,
  mappings,
}

/** By the first VXLAN device of a network. */
function tunnel(view: HostView): Tunnel | null {
  const { links, addresses } = view.observation.state
  const vxlan = links.find((link) => link.netns === '' && link.vxlan !== undefined && link.vxlan.local !== '')?.vxlan
  const held = addresses.find(({ netns, cidr }) => netns === '' && cidr.split('/')[0] === vxlan?.local)
  return vxlan
    ? { address: vxlan.local, prefixLength: Number(held?.cidr.split('/')[1] ?? 32), nic: vxlan.lower || (held?.link ?? '?') }
    : null
}

/** A network's NIC is in its bridge, or under the VLAN interface that is. */
function mappings(view: HostView, networks: readonly Network[]): BridgeMapping[] {
  const found = networks.flatMap(({ id, physicalNetworkId }) => {
    const way = membersOf(view, bridgeOf(id)).find(
      ({ type, vlan }) => type === 'physical' || (vlan && view.link('', vlan.lower)?.type === 'physical'),
    )
    return way && physicalNetworkId !== null
      ? [[physicalNetworkId, { physicalNetworkId, bridge: '', nic: way.vlan?.lower ?? way.name }] as const]
      : []
  })
  return [...new Map(found).values()]
}
