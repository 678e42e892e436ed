// How frames of a network leave and enter one host: not at all (both ports on it), through br-tun to the other VTEP, or
// through a provider bridge onto the physical network. Design first; names in force are taken from the host.

import type { OvsPort } from '../host/ovs'
import { TUNNEL_BRIDGE, vxlanPortName } from '../naming'
import { type PatchPair, type PathSide, mappingOf, providerPatch, tunnelPatch } from './path-side'

export interface TunnelCrossing {
  readonly kind: 'tunnel'
  readonly patch: PatchPair
  readonly vni: number
  /** '' where the design gives the host no tunnel endpoint. */
  readonly localAddress: string
  readonly remoteAddress: string
  /** The tunnel port in force towards the other VTEP; absent when there is none or the host was not read. */
  readonly tunnelPort: OvsPort | undefined
  readonly tunnelPortName: string
}

export interface ProviderCrossing {
  readonly kind: 'provider'
  readonly patch: PatchPair
  readonly bridge: string
  readonly nic: string
  /** null on a flat network. */
  readonly vlanId: number | null
}

export type Crossing = { readonly kind: 'same-host' } | TunnelCrossing | ProviderCrossing

export function crossingOf(side: PathSide, peer: PathSide): Crossing {
  if (side.host.id === peer.host.id) return { kind: 'same-host' }
  return side.network.type === 'vxlan' ? tunnelCrossing(side, peer) : providerCrossing(side)
}

function tunnelCrossing({ host, view, network }: PathSide, peer: PathSide): TunnelCrossing {
  const remoteAddress = peer.host.tunnel?.address ?? ''
  const tunnelPort = view
    ?.portsOf(TUNNEL_BRIDGE)
    .find((port) => port.interface.type === 'vxlan' && port.interface.options['remote_ip'] === remoteAddress)
  return {
    kind: 'tunnel',
    patch: tunnelPatch,
    vni: network.segmentationId ?? 0,
    localAddress: host.tunnel?.address ?? '',
    remoteAddress,
    tunnelPort,
    tunnelPortName: tunnelPort?.name ?? (remoteAddress ? vxlanPortName(remoteAddress) : 'vxlan-?'),
  }
}

function providerCrossing(side: PathSide): ProviderCrossing {
  const mapping = mappingOf(side)
  const bridge = mapping?.bridge ?? 'br-?'
  const vlanId = side.network.type === 'flat' ? null : side.network.segmentationId
  return { kind: 'provider', patch: providerPatch(bridge), bridge, nic: mapping?.nic ?? '?', vlanId }
}
