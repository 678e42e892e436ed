// Finds the ways out of a host that nobody described to us: the VTEP and its NIC from the tunnel ports, provider bridges
// from the patch ports of br-int, and which physical network a provider bridge serves from the flows that translate.

import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '../naming'
import type { BridgeMapping, Network, Tunnel } from '../topology/topology'
import type { HostView } from './host-view'

/** A network as one host has it. */
interface WiredNetwork {
  readonly view: HostView
  readonly networkId: string
  readonly row: { readonly tag: number | null }
}

/** null when no tunnel port exists yet: without a peer the VTEP shows nowhere in the OVSDB. */
export function tunnelOf(view: HostView): Tunnel | null {
  const local = view.portsOf(TUNNEL_BRIDGE).flatMap(({ interface: { options } }) => options['local_ip'] ?? [])[0]
  if (local === undefined) return null
  const row = view.observation.state.addresses.find(({ netns, cidr }) => netns === '' && cidr.split('/')[0] === local)
  const holder = row?.link ?? '?'
  return { address: local, prefixLength: Number(row?.cidr.split('/')[1] ?? 32), nic: nicOf(view, holder) ?? holder }
}

/** The device of a bridge that is neither made by Open vSwitch nor a patch. */
function nicOf(view: HostView, bridge: string): string | null {
  return view.portsOf(bridge).find(({ interface: { type } }) => type === '' || type === 'system')?.name ?? null
}

export function mappingsOf(view: HostView, networks: readonly Network[], wired: readonly WiredNetwork[]): BridgeMapping[] {
  return providerBridges(view).map((bridge) => ({
    physicalNetworkId: physicalNetworkOf(view, bridge, networks, wired) ?? bridge,
    bridge,
    nic: nicOf(view, bridge) ?? '?',
  }))
}

function providerBridges(view: HostView): string[] {
  return view.portsOf(INTEGRATION_BRIDGE).flatMap(({ interface: { type, options } }) => {
    const peer = type === 'patch' ? view.portAnywhere(options['peer'] ?? '') : undefined
    return peer && peer.bridge !== TUNNEL_BRIDGE && peer.name === `phy-${peer.bridge}` ? [peer.bridge] : []
  })
}

/** The bridge that takes the local VLAN of a network out is the bridge of the network's physical network. */
function physicalNetworkOf(view: HostView, bridge: string, networks: readonly Network[], wired: readonly WiredNetwork[]): string | null {
  const tags = new Set(
    view.flowsOf(bridge).flatMap(({ match }) => (match.includes(`in_port=phy-${bridge}`) ? (/dl_vlan=(\d+)/.exec(match)?.[1] ?? []) : [])),
  )
  const own = wired.find((each) => each.view.observation.hostId === view.observation.hostId && tags.has(String(each.row.tag)))
  return networks.find(({ id }) => id === own?.networkId)?.physicalNetworkId ?? null
}
