// What the places of a walk hand to each other. A place is a function from an Arrival (a packet that comes to it) to a Crossing (what
// happens to it there, and the arrivals that follow). walk.ts strings crossings into a tree; no place calls another one.

import type { Link } from '../../host/link'
import type { OutsideSegment } from '../fleet'
import type { Frame } from '../frame'
import type { BridgeVisit, TunnelKey } from '../openflow/visit'
import type { Cause, Drop, Place, WalkEnd } from '../walk-result'
import type { Host } from './host'
import type { Tracked } from './netfilter/conntrack'

/** A frame with what the kernel notes beside it. */
export interface Packet {
  readonly frame: Frame
  /** `skb->mark`; null: not known. */
  readonly mark: number | null
}

/** What br_netfilter did before a frame went up from its bridge: PREROUTING is not run again (ip_sabotage_in). */
export interface FromBridge {
  readonly physIn: string
  readonly tracked: Tracked
}

export type Arrival =
  /** A device hands it to the kernel: from a peer, a wire, a guest, out of a tunnel. */
  | Step<
      'receive',
      {
        readonly link: Link
        /** The kernel takes it for its own although the device has another MAC. */ readonly isOurs?: boolean
        readonly fromBridge?: FromBridge
      }
    >
  /** The kernel hands it to a device. */
  | Step<'transmit', { readonly link: Link }>
  /** A Linux bridge; `port` null: from the stack above it. */
  | Step<'bridge', { readonly link: Link; readonly port: Link | null }>
  /** The IP stack of a namespace. */
  | Step<'stack-in', { readonly link: Link; readonly isOurs: boolean; readonly fromBridge?: FromBridge }>
  /** `link` null: the route decides. */
  | Step<
      'stack-out',
      {
        readonly netns: string
        readonly link: Link | null
        /** Open vSwitch's own tunnels use the routes of the host and pass its filters by. */ readonly isPastFilters?: boolean
      }
    >
  | Step<'switch', { readonly bridge: string; readonly port: string; readonly tunnel: TunnelKey | null }>
  /** A crossing that the switch has computed already: the bridge behind a patch port. */
  | Step<'visited', { readonly visit: BridgeVisit }>
  /** Either end of a pair of patch ports. */
  | Step<'patch', { readonly port: string; readonly peer: string | null; readonly visit: BridgeVisit }>
  | Step<'tunnel-out', { readonly port: string; readonly key: TunnelKey }>
  | Step<'tunnel-in', { readonly bridge: string; readonly port: string; readonly key: TunnelKey }>
  | Step<'guest-in', { readonly link: Link }>
  | Step<'guest-out', { readonly link: Link }>
  | Step<'wire', { readonly link: Link }>
  /** Sent by somebody outside, whom no host knows. */
  | { readonly at: 'outside-out'; readonly segment: OutsideSegment; readonly packet: Packet }

type Step<At extends string, Where> = { readonly at: At; readonly host: Host; readonly packet: Packet } & Where
export type ArrivalAt<At extends Arrival['at']> = Extract<Arrival, { readonly at: At }>

export interface Outlet {
  readonly out: Frame
  readonly outPort: string | null
  readonly alternative: number | null
  readonly next: Arrival
}

export interface Crossing {
  readonly place: Place
  readonly inPort: string | null
  readonly causes: readonly Cause[]
  readonly outlets: readonly Outlet[]
  readonly end: WalkEnd | null
  readonly losses: readonly Drop[]
}

/** One way on. */
export const outlet = (next: Arrival, outPort: string | null = null, alternative: number | null = null): Outlet => ({
  out: next.packet.frame,
  outPort,
  alternative,
  next,
})

export function crossing(place: Place, rest: Partial<Omit<Crossing, 'place'>>): Crossing {
  return { place, inPort: null, causes: [], outlets: [], end: null, losses: [], ...rest }
}

const KINDS: Readonly<Record<Link['type'], Place['kind']>> = {
  physical: 'nic',
  bridge: 'linux-bridge',
  veth: 'veth',
  vlan: 'vlan',
  vxlan: 'vxlan',
  'ovs-internal': 'ovs-internal',
  tap: 'tap',
  other: 'other',
}

export const placeOf = (host: Host, { netns, name, type }: Link): Place => ({ hostId: host.hostId, netns, kind: KINDS[type], device: name })
