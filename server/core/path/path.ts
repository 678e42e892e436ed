// One path, three truths: every hop between two endpoints is listed once and carries what was intended, what the host has
// and what the traffic does. Pure data; derived by compute-path.ts, drawn by components/path, proven by reconcile/verify.

import type { HostHealth } from '../host/host-health'
import type { NetworkType } from '../topology/topology'

/** What a frame wears on a stretch of the path. `local-vlan` exists only inside Open vSwitch. */
export type Encapsulation =
  | { readonly kind: 'untagged' }
  | { readonly kind: 'local-vlan'; readonly vlan: number }
  /** Put on by the guest itself, on a trunk; ends at the trunk bridge. */
  | { readonly kind: 'guest-vlan'; readonly vlanId: number }
  | { readonly kind: 'dot1q'; readonly vlanId: number }
  | { readonly kind: 'vxlan'; readonly vni: number; readonly source: string; readonly destination: string }

/** Columns from left to right; mirrored on the far side. */
export type Lane =
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
  | 'dhcp'

/** How the stretch to the next hop is drawn: veth double, patch dotted, tunnel thick, wire plain. */
export type LinkStyle = 'plug' | 'veth' | 'bridge-port' | 'patch' | 'tunnel' | 'wire'

export type Agreement = 'agrees' | 'differs' | 'unchecked'

/** How a hop is proven (mirrors and tcpdump do not see patch ports). */
export type Proof =
  | { readonly method: 'capture'; readonly netns: string; readonly device: string }
  | { readonly method: 'flow-counter'; readonly bridge: string; readonly flowKeys: readonly string[] }
  | { readonly method: 'none'; readonly reason: string }

export interface PathHop {
  /** Stable: <host>/<lane>/<device>/<side>. */
  readonly id: string
  /** null on the wire between hosts. */
  readonly hostId: string | null
  readonly hostName: string | null
  readonly lane: Lane
  /** Boxes it is drawn in: namespace or '' . */
  readonly netns: string
  readonly device: string
  /** Short second line, e.g. "tag 3 (local)", "br-int port 4". */
  readonly detail: string
  readonly linkToNext: LinkStyle | null
  /** What the frame wears when it leaves this hop towards the destination. */
  readonly encapsulation: Encapsulation
  /** What a capture here shows, where that is not what leaves: a device that puts a header on is seen before it does. */
  readonly seenAs?: Encapsulation
  /** Where the header changes here: the flow that does it, as `flowKey`. */
  readonly translationFlowKey: string | null
  readonly proof: Proof
  readonly intent: Agreement
  readonly host: Agreement
  readonly traffic: Agreement
  /** Why intent and host differ, in a sentence. */
  readonly finding: string | null
  /** Packet counters as last read (towards the destination where the device knows). */
  readonly counters: { readonly rxPackets: number; readonly txPackets: number } | null
}

/** Something a path can start or end at. */
export interface Endpoint {
  readonly portId: string
  readonly label: string
  readonly kind: 'vm' | 'dhcp'
  readonly hostId: string
  readonly hostName: string
  readonly networkId: string
  readonly networkName: string
  readonly macAddress: string
  readonly ipAddress: string | null
}

export interface Path {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly networkType: NetworkType
  readonly segmentationId: number | null
  readonly hops: readonly PathHop[]
  /** Hosts of the path that are VMs on another host of it, from the inside out. Absent where there are none. */
  readonly nested?: readonly NestedHost[]
  /** Every host that was read for it, from the source to the destination. */
  readonly hosts: readonly PathHost[]
  /** The verification that the traffic marks are of; null when there is none. */
  readonly evidence: { readonly verificationId: string; readonly startedAt: string } | null
  /** What was applied last: evidence from before it tells of another state. null before the first. */
  readonly revision: { readonly number: number; readonly appliedAt: string } | null
  /** The first hop from the left that disagrees, and the sentence about it; null when all agree. */
  readonly verdict: { readonly hopId: string; readonly sentence: string } | null
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

/** Why there is no path, as data: the console explains it and says what to do. */
export interface NoPath {
  readonly reason: 'different_networks' | 'same_port' | 'not_bound' | 'unknown_port'
  readonly message: string
}
