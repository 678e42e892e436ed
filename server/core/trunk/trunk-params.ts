// What can be wrong with a trunk, by code, for its state (trunk-status.ts) and its audit (audit-trunk.ts). `name` of the subject is that
// of the port, of the VM where one is off, or of the trunk. VLAN 0 is untagged.

import type { Coded, Finding } from '../finding'
import type { DomainState } from '../host/domain'
import type { OvsFault } from '../host/ovs'
import type { UnknownPart } from '../host/unknown-part'
import type { AgentKind } from '../topology/kinds/host/host'

export interface TrunkParams {
  // Why it is not up.
  'parent-unused': {}
  'plan-applying': {}
  'host-unread': {}
  'host-unknown': { part: UnknownPart }
  'trunk-not-built': { bridge: string }
  'subports-not-applied': { added: number; removed: number }
  'subports-not-wired': { missing: number; extra: number }
  'vm-undefined': {}
  'vm-off': {}
  'vm-suspended': DomainState
  'tap-missing': { tap: string }

  // The wiring of its parent.
  'no-port-of-bridge': { device: string; bridge: string }
  'device-missing': { device: string }
  'not-in-bridge': { device: string; bridge: string }
  'bridge-without-flows': { bridge: string }
  'subport-ids-missing': { device: string }
  /** `tag`: null where VLANs are listed. */
  'vif-cuts-vlans': { device: string; tag: number | null; vlans: readonly number[] }
  'ovs-cannot-use': OvsFault

  // The two patch ports of a port.
  'patch-missing': { device: string; bridge: string }
  'patch-peer': { device: string; peer: string | null; expected: string }
  'patch-guest-tag': { device: string; tag: number | null; guestVlan: number }
  'patch-untagged': { device: string }
  'patch-alive': { device: string; tag: number }
  'patch-local-tag': { device: string; tag: number; localVlan: number }
  'patch-mac': { device: string; mac: string | null; expected: string }
  'patch-flows': { device: string; bridge: string; missing: number; of: number }
  'mac-let-pass': { device: string; mac: string; expected: string }

  // A subport on a Linux bridge host.
  'vlan-device-elsewhere': { device: string; tap: string }
  'vlan-device-id': { device: string; vlan: number; guestVlan: number }
  'vlan-device-bridge': { device: string; bridge: string }
  'vlan-device-down': { device: string }
  'header-differs': { device: string; found: Header; expected: Header }
  'bridge-differs': { device: string; found: string | null; expected: string }
  'filter-missing': { device: string }
  'filter-keeps-mac': { device: string; mac: string }
  'link-missing': { device: string }

  // What the guest has, and what it sends. `frames`: null where they were not counted. `leadsTo`: null where the host was not read.
  'guest-mac': { device: string; vlan: number; mac: string; expected: string; agentKind: AgentKind }
  'guest-vlan': { device: string; vlan: number; expected: number; leadsTo: LeadsTo | null }
  'sent-mac': { vlan: number; mac: string; frames: number | null; expected: string; agentKind: AgentKind }
  'sent-vlan': { vlan: number; frames: number | null; expected: number; leadsTo: LeadsTo | null }
  'stray-interface': { device: string; vlan: number; leadsTo: LeadsTo | null }
  'stray-frames': { vlan: number; mac: string; frames: number | null; leadsTo: LeadsTo | null }

  // Where packets end.
  'lost-before-bridge': { vlan: number; bridge: string }
  'enters-by': { mac: string; bridge: string; device: string }
  'leaves-patch-in': { device: string; localVlan: number }
  'lost-in-patch': { outer: string; inner: string }
  'not-taken': { vlan: number; device: string }
  'leaves-as': { device: string; mac: string; header: Header; expected: Header; nic: string }
  /** `network`: null where the local VLAN is nobody's. */
  'learned-in': { vlan: number; network: string | null; expected: string }
  'network-differs': { vlan: number; leadsTo: LeadsTo; expected: string }

  // What no port of the trunk accounts for.
  'stranger-on-bridge': { bridge: string }
  'subport-of-nobody': { bridge: string; portId: string }
  'patch-to-nothing': { tag: number | null }
  'bridge-of-nobody': {}
}

export type TrunkFinding = Finding<TrunkParams>

/** What a frame wears. `lower`: the device on which the tag is taken off, where that is told. */
export interface Header {
  readonly vlan: number
  readonly vni: number | null
  readonly lower?: string
}

/** Where frames of a guest VLAN really go: names of networks, and why each other way ends. */
export interface LeadsTo {
  readonly networks: readonly string[]
  readonly deadEnds: readonly DeadEnd[]
}

export interface DeadEndParams {
  'nobody-has-tag': { bridge: string; tag: number }
  'nobody-has-id': { tap: string; vlan: number }
  'joined-to-nothing': { device: string; bridge: string }
  'no-tag': { device: string }
  'dead-tag': { device: string; tag: number }
  'tag-of-nobody': { device: string; tag: number }
  'in-no-network': { device: string }
}
export type DeadEnd = Coded<DeadEndParams>

/** What was expected or found at a hop. */
export interface HopValueParams {
  interfaces: { list: readonly { readonly vlan: number; readonly mac: string }[] }
  /** What a VIF carries: all VLANs where neither is given. */
  carries: { tag: number | null; vlans: readonly number[] }
  tag: { tag: number | null; isLocal: boolean }
  'no-local-vlan': {}
  header: Header
  /** `bridge`: null where it is in none; `isHere`: in that of the hop. */
  member: { device: string; bridge: string | null; isHere: boolean }
  networks: { names: readonly string[] }
}
export type HopValue = Coded<HopValueParams>
