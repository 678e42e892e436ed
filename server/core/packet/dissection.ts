// What `dissect` yields, and the questions asked of it most: which tags, which VNI, which addresses.
// A packet is a stack of layers; a *frame* is the part of that stack from one Ethernet header to the next, so a VXLAN
// packet has two: the outer one between the hosts, and the inner one between the guests.

import type { ReadFailure } from './layers/field-reader'
import type { ArpLayer } from './layers/arp'
import type { DhcpLayer } from './layers/dhcp'
import type { DnsLayer } from './layers/dns'
import type { EthernetLayer } from './layers/ethernet'
import type { IcmpLayer } from './layers/icmp'
import type { Icmpv6Layer } from './layers/icmpv6'
import type { Ipv4Layer } from './layers/ipv4'
import type { Ipv6Layer } from './layers/ipv6'
import type { Field, Protocol } from './layers/layer'
import type { TcpLayer } from './layers/tcp'
import type { UdpLayer } from './layers/udp'
import type { VlanLayer } from './layers/vlan'
import type { VxlanLayer } from './layers/vxlan'

export type Layer =
  | EthernetLayer
  | VlanLayer
  | ArpLayer
  | Ipv4Layer
  | Ipv6Layer
  | IcmpLayer
  | Icmpv6Layer
  | UdpLayer
  | TcpLayer
  | VxlanLayer
  | DhcpLayer
  | DnsLayer

export interface Malformed extends ReadFailure {
  readonly layer: Protocol
  /** The header itself is bad, so the layer is not in `layers`; otherwise only an optional part of it is bad. */
  readonly isMissing: boolean
  /** What could still be read of a missing layer. */
  readonly fields: readonly Field[]
}

export interface DissectedLayers {
  readonly layers: readonly Layer[]
  /** The first thing that was wrong. A frame that the capture cut inside a payload is not malformed. */
  readonly malformed?: Malformed
}

export interface Dissection extends DissectedLayers {
  readonly isCut: boolean
}

type LayerOf<P extends Protocol> = Extract<Layer, { readonly protocol: P }>
type Upper = Exclude<Protocol, 'ethernet' | 'vlan'>

/** At most one of each upper layer, since a second Ethernet header begins a new frame. */
export type Frame = { readonly [P in Upper]?: LayerOf<P> } & {
  readonly ethernet: EthernetLayer
  /** Outermost first. */
  readonly vlans: readonly VlanLayer[]
}

/** Outermost first. */
export function framesOf({ layers }: DissectedLayers): Frame[] {
  const frames: (Frame & { readonly vlans: VlanLayer[] })[] = []
  for (const layer of layers) {
    const frame = frames.at(-1)
    if (layer.protocol === 'ethernet') frames.push({ ethernet: layer, vlans: [] })
    else if (layer.protocol === 'vlan') frame?.vlans.push(layer)
    else if (frame) Object.assign(frame, { [layer.protocol]: layer })
  }
  return frames
}

/** The frame between the guests, or the only one. */
export function innerMost(dissection: DissectedLayers): Frame | undefined {
  return framesOf(dissection).at(-1)
}

export function outerMost(dissection: DissectedLayers): Frame | undefined {
  return framesOf(dissection).at(0)
}

/** VLAN ids of the frame as it is on the wire, outermost first; priority tags are not VLANs. */
export function outerVlanIds(dissection: DissectedLayers): number[] {
  return vlanIdsOf(outerMost(dissection))
}

/** VLAN ids inside the innermost frame; the same as the outer ones where there is no tunnel. */
export function innerVlanIds(dissection: DissectedLayers): number[] {
  return vlanIdsOf(innerMost(dissection))
}

export function vlanIdsOf(frame: Frame | undefined): number[] {
  return (frame?.vlans ?? []).map((vlan) => vlan.vlanId).filter((vlanId) => vlanId !== 0)
}

/** The VNI on the wire: of the outermost tunnel, where guests run tunnels of their own. */
export function vni(dissection: DissectedLayers): number | undefined {
  return vnis(dissection)[0]
}

export function vnis({ layers }: DissectedLayers): number[] {
  return layers.flatMap((layer) => (layer.protocol === 'vxlan' ? [layer.vni] : []))
}

/** Who talks to whom, innermost. */
export function l3(dissection: DissectedLayers): Ipv4Layer | Ipv6Layer | undefined {
  const frame = innerMost(dissection)
  return frame?.ipv4 ?? frame?.ipv6
}

export function l4(dissection: DissectedLayers): UdpLayer | TcpLayer | IcmpLayer | Icmpv6Layer | undefined {
  const frame = innerMost(dissection)
  return frame?.udp ?? frame?.tcp ?? frame?.icmp ?? frame?.icmpv6
}

/** The type of what the frame carries behind its tags. */
export function payloadType(frame: Frame): number {
  return frame.vlans.at(-1)?.type ?? frame.ethernet.type
}
