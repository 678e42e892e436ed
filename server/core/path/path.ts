// One path, three truths: every hop between two endpoints is listed once and carries what was intended, what the host has
// and what the traffic does. Pure data; derived by compute-path.ts, drawn by components/path, proven by reconcile/verify.

import type { Coded } from '../finding'
import type { HostHealth } from '../host/host-health'
import type { Frame } from '../walk/frame'
import type { PlaceKind } from '../walk/walk-result'
import type { NetworkType } from '../topology/kinds/network/network'
import type { Verdict } from './verdict-params'
import type { HopDetail, HopDoubt, HopFinding, NoPathParams, NoProof } from './hop-params'

/** What a frame wears on a stretch of the path. `local-vlan` exists only inside Open vSwitch. */
export type Encapsulation =
  | { readonly kind: 'untagged' }
  | { readonly kind: 'local-vlan'; readonly vlan: number }
  /** Put on by the guest itself, on a trunk; ends at the trunk bridge. */
  | { readonly kind: 'guest-vlan'; readonly vlanId: number }
  | { readonly kind: 'dot1q'; readonly vlanId: number }
  | { readonly kind: 'vxlan'; readonly vni: number; readonly source: string; readonly destination: string }

/** What stands where, in terms of Linux and Open vSwitch. */
export interface HopPlace {
  /** null on the wire between hosts. */
  readonly hostId: string | null
  /** '' is the root namespace. */
  readonly netns: string
  /** `patch-pair`: both ends of it, which are one hop but on trunks. */
  readonly kind: PlaceKind | 'patch-pair'
  /** Device, bridge or port; of a guest its NIC, of a wire what it belongs to. */
  readonly device: string
}

export interface AlsoTo {
  readonly port: string
  /** A copy of a flood, or instead of the way that is drawn: a group takes one of several. */
  readonly as: 'copy' | 'alternative'
}

/** What Neutron, or who names devices after it, calls a place. Columns from left to right; mirrored on the far side. */
export type Role =
  | 'vm'
  | 'tap'
  | 'qbr'
  | 'qvb'
  | 'qvo'
  | 'trunk-bridge'
  | 'trunk-patch'
  | 'br-int'
  | 'patch'
  | 'br-tun'
  | 'provider-bridge'
  | 'underlay-bridge'
  /** VLAN interface of a subport on the parent's tap. */
  | 'tap-vlan'
  | 'brq'
  | 'vlan-device'
  | 'vxlan-device'
  | 'nic'
  | 'data-bridge'
  /** A host that is a VM, drawn as one hop. */
  | 'inner-host'
  | 'wire'
  /** Whoever is behind the wire of an external network. */
  | 'outside'
  | 'dhcp'
  /** An interface of a router, in its namespace, and the router's stack there. */
  | 'router-port'
  | 'router'

/** How the stretch to the next hop is drawn: veth double, patch dotted, tunnel thick, wire plain. */
export type LinkStyle = 'plug' | 'veth' | 'bridge-port' | 'patch' | 'tunnel' | 'wire'

export type Agreement = 'agrees' | 'differs' | 'unchecked'

/** How a hop is proven (mirrors and tcpdump do not see patch ports). */
export type Proof =
  | { readonly method: 'capture'; readonly netns: string; readonly device: string }
  | { readonly method: 'flow-counter'; readonly bridge: string; readonly flowKeys: readonly string[] }
  | { readonly method: 'none'; readonly reason: NoProof }

export interface PathHop {
  /** Stable: <host>/<role>/<device>#<ordinal>. The ordinal counts on the way forth, from 1: a bridge may be crossed twice. The same place has one id on both legs. */
  readonly id: string
  readonly place: HopPlace
  /** null on the wire between hosts. */
  readonly hostName: string | null
  /** What Neutron calls it. */
  readonly role: Role
  /** The second line. */
  readonly detail: HopDetail
  readonly doubts: readonly HopDoubt[]
  readonly linkToNext: LinkStyle | null
  /** The frame as it comes to this hop, and as it leaves towards the end of the leg. */
  readonly in: Frame
  readonly out: Frame
  /** Which of the two a capture shows: a device that puts a header on is seen before it does. */
  readonly captured: 'in' | 'out'
  /** What the frame wears when it leaves: `out` in the operator's words, which tell a local VLAN from one on a wire. */
  readonly encapsulation: Encapsulation
  /** Where else the bridge here sends the frame, by what was read. */
  readonly alsoTo: readonly AlsoTo[]
  /** Where the header changes here: the flow that does it, as `flowKey`. */
  readonly translationFlowKey: string | null
  readonly proof: Proof
  readonly intent: Agreement
  readonly host: Agreement
  readonly traffic: Agreement
  /** Why intent or host differ. */
  readonly finding: HopFinding | null
  /** Packet counters as last read (towards the destination where the device knows). */
  readonly counters: { readonly rxPackets: number; readonly txPackets: number } | null
}

/** Something a path can start or end at. */
export interface Endpoint {
  /** As it is asked for: the id of a port or of a floating IP, or the address of somebody outside. */
  readonly id: string
  /** null outside. */
  readonly portId: string | null
  readonly label: string
  readonly kind: 'vm' | 'dhcp' | 'router' | 'outside'
  /** Outside, where his packets come in. */
  readonly hostId: string
  readonly hostName: string
  readonly networkId: string
  readonly networkName: string
  readonly macAddress: string
  /** Its own, which a router may translate. */
  readonly ipAddress: string | null
  /** By which it is reached, where that is asked for. */
  readonly floatingIp?: { readonly id: string; readonly address: string }
  /** It was found on a host that somebody else wires; the design knows nothing of it. Absent for what is designed. */
  readonly isFound?: true
}

export type LegName = 'forth' | 'back'

/** One direction of a path: every place that the frame comes to, in order. */
export interface Leg {
  readonly hops: readonly PathHop[]
}

export interface Path {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly networkType: NetworkType
  readonly segmentationId: number | null
  /** From the source to the destination. */
  readonly forth: Leg
  /** From the destination to the source: its own list, never the way forth read backwards. */
  readonly back: Leg
  /** Hosts of the path that are VMs on another host of it, from the inside out. Absent where there are none. */
  readonly nested?: readonly NestedHost[]
  /** Every host that was read for it, from the source to the destination. */
  readonly hosts: readonly PathHost[]
  /** The verification that the traffic marks are of; null when there is none. */
  readonly evidence: { readonly verificationId: string; readonly startedAt: string } | null
  /** What was applied last: evidence from before it tells of another state. null before the first. */
  readonly revision: { readonly number: number; readonly appliedAt: string } | null
  /** The first hop of the way forth that disagrees, else of the way back, and what was found there; null when all agree. */
  readonly verdict: { readonly hopId: string; readonly finding: Verdict } | null
}

/** As a browser gets it. */
export interface SentPath extends Path {
  /** The console's clock then: the browser's may differ, and judges what is live. */
  readonly sentAt: string
}

/** A host of the path, and how current what is known of it is. */
export interface PathHost {
  readonly id: string
  readonly name: string
  /** When its facts were read; null: never. */
  readonly observedAt: string | null
  /** What keeps the console from reading it again; null while nothing does. */
  readonly trouble: HostHealth | null
}

/** A host that is a VM: its hops are inside that VM. */
export interface NestedHost {
  readonly hostId: string
  readonly hostName: string
  readonly vmId: string
  readonly vmName: string
  /** What it runs on. */
  readonly outerHostId: string
}

/** Why there is no path. */
export type NoPath = Coded<NoPathParams>
