// What a walk found: every place that a frame comes to, with the frame as it comes in and goes out, what decided there, and
// where each branch ends. A tree, because a frame may be flooded, copied or balanced. Pure data; nothing here judges, and
// nothing here is a sentence: `explain` has the words for every code.

import type { Frame } from './frame'

export interface Place {
  /** null: between hosts. */
  readonly hostId: string | null
  /** '' is the root namespace. */
  readonly netns: string
  readonly kind: PlaceKind
  /** Name of the device, bridge or port; of the namespace for `stack`; of the VM's uuid for `guest`. */
  readonly device: string
}

export type PlaceKind =
  | 'guest' // the VM behind a tap
  | 'tap'
  | 'veth'
  | 'vlan'
  | 'vxlan' // a VXLAN device of the kernel
  | 'linux-bridge'
  | 'ovs-bridge'
  | 'ovs-internal'
  | 'ovs-patch'
  | 'ovs-tunnel' // a tunnel port of Open vSwitch
  | 'nic'
  | 'stack' // the IP stack of a namespace: routing, NAT, local delivery
  | 'wire'
  | 'outside' // behind the wire of an external network: whoever is there is nobody's here
  | 'other'

export interface WalkHop {
  /** `<host>/<netns>/<kind>/<device>#<ordinal>`: a bridge that is crossed twice is two hops. */
  readonly id: string
  readonly place: Place
  readonly in: Frame
  /** Device or port by which it came in, where the place has several. */
  readonly inPort: string | null
  /** What was asked and answered here, in order: the flows that were hit, the FDB entry, the route, the iptables rules. */
  readonly causes: readonly Cause[]
  /** Where it goes from here; none where it ends. */
  readonly branches: readonly WalkBranch[]
  /** How it ends here; null when it goes on. A hop may do both: a copy is dropped or delivered, another goes on. */
  readonly end: WalkEnd | null
  /** Ports that it was sent to and does not leave by, though it may by others: `port` of the parameters. Absent: none. */
  readonly losses?: readonly Drop[]
}

interface WalkBranch {
  readonly out: Frame
  /** Device or port by which it leaves. */
  readonly outPort: string | null
  /** Other branches of the same hop that carry the same number are alternatives (ECMP, a select group): one of them is taken. */
  readonly alternative: number | null
  readonly next: WalkHop
}

/** What decided at a place. `ref` is the key of the resource in its kind (flowKey, linkKey, routeKey, …). */
export type Cause =
  | {
      readonly kind: 'flow'
      readonly ref: string
      readonly table: number
      /** The frame after its actions, where they changed it. */ readonly changed: Frame | null
    }
  | { readonly kind: 'table-miss'; readonly bridge: string; readonly table: number }
  /** A flow that would write another one for packets to come; it does nothing to this one. `ref` is the key of the flow that says so. */
  | { readonly kind: 'learn'; readonly ref: string; readonly table: number }
  /** `<bridge>/<id>` */
  | { readonly kind: 'group'; readonly ref: string }
  /** Nobody read the MAC table of this bridge, which is taken to flood. */
  | { readonly kind: 'mac-table-unread'; readonly ref: string }
  /** Nor the flags of its ports, which are taken to have none. */
  | { readonly kind: 'port-flags-unread'; readonly ref: string }
  /** `<bridge>/<vlan>/<MAC>` */
  | { readonly kind: 'mac-table'; readonly ref: string }
  | { readonly kind: 'flood'; readonly vlan: number }
  | { readonly kind: 'fdb'; readonly ref: string }
  | { readonly kind: 'ip-rule'; readonly ref: string }
  | { readonly kind: 'route'; readonly ref: string }
  | { readonly kind: 'neighbour'; readonly ref: string }
  | { readonly kind: 'iptables'; readonly ref: string; /** From 1, as iptables counts. */ readonly position: number; readonly text: string }
  | { readonly kind: 'sysctl'; readonly ref: string }

export type WalkEnd =
  | { readonly kind: 'delivered'; readonly to: 'guest' | 'stack' | 'outside' }
  | { readonly kind: 'dropped'; readonly code: DropCode; readonly params: EndParams }
  /** It leaves what is known: a NIC to a wire whose other end nobody told. */
  | { readonly kind: 'left'; readonly code: LeftCode; readonly params: EndParams }
  /** What would decide was not read, or is not understood: no conclusion either way. */
  | { readonly kind: 'unknown'; readonly code: UnknownCode; readonly params: EndParams }

export type Drop = Extract<WalkEnd, { kind: 'dropped' }>

/** They come no further, or nobody can tell. */
export const isLoss = ({ kind }: WalkEnd): boolean => kind === 'dropped' || kind === 'unknown'

/** Values for the words, by name. */
export type EndParams = Readonly<Record<string, string | number | null>>

export type DropCode =
  | 'no-flow' // table-miss
  | 'flow-drops'
  | 'output-to-input' // Open vSwitch never sends a frame back by the port it came by, unless told IN_PORT
  | 'vlan-not-carried' // an access or trunk port that does not take this VLAN
  | 'dead-vlan'
  | 'reserved-mac' // STP, pause frames and the like, which a switch keeps to itself
  | 'bad-source-mac' // a group's, or all zeros
  | 'martian' // an address that no packet may have here
  | 'no-port' // output to a port that is not there
  | 'port-flag' // of ovs-ofctl mod-port
  | 'protected-ports' // no frame goes from one to another
  | 'port-unusable' // ofport -1, or an error
  | 'no-peer' // a patch port whose peer is not there
  | 'too-deep' // Open vSwitch gives up (recursion, resubmit limit)
  | 'link-down'
  | 'no-carrier'
  | 'not-for-us' // the MAC is not the stack's, and nothing forwards it
  | 'no-route'
  | 'own-address' // a path that should go on ends at whoever has the address itself
  | 'route-rejects' // blackhole, unreachable, prohibit
  | 'ttl-expired'
  | 'forwarding-off'
  | 'rp-filter'
  | 'no-neighbour'
  | 'iptables-drops'
  | 'no-fdb-entry' // a VXLAN device without an entry for it and without a flood entry
  | 'no-vtep' // tunnel port or device whose way to the other VTEP is missing
  | 'no-tunnel-port' // a VXLAN packet that no port or device takes
  | 'no-device'
  | 'loop'

export type LeftCode = 'unknown-wire' | 'unread-host'
export type UnknownCode =
  | 'flows-unread'
  | 'unread'
  | 'not-understood'
  | 'push-or-rewrite' // of a tagged frame: hosts print mod_vlan_vid and push_vlan,set_field alike
  | 'third-tag'
  | 'connection-state'
  | 'outside-model'
  | 'too-many'
