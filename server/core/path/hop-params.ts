// What is said of a hop of a path, by code. What is found at a hop is about that hop, so it needs no other subject. Names are those of
// devices, hosts, networks and ends as they are; VLAN null is untagged.

import type { Coded } from '../finding'
import type { DomainState } from '../host/domain'
import type { OvsFault } from '../host/ovs'
import type { UnknownPart } from '../host/unknown-part'
import type { WalkEnd } from '../walk/walk-result'
import type { Drop } from './drop-params'

/** Why the design or the host does not let frames pass. */
export type HopFinding = Coded<HopParams>
export interface HopParams extends LeaveParams, LinkParams, OvsParams, TunnelParams, LinuxBridgeParams, EndParams, FlowParams, GapParams {}

interface LeaveParams {
  /** `floating`: what should stand in its place; null: the router's own. */
  'leaves-untranslated': { netns: string; address: string; floating: string | null }
}

/** What a floating IP's packets lack in a router's namespaces. */
export interface FloatingParams {
  'not-translated-in': { netns: string; fixed: string; floating: string }
  'no-floating-rule': { netns: string; fixed: string }
  'no-floating-route': { netns: string; table: string }
  'no-way-out': { netns: string }
  'no-way-to-floating': { netns: string; floating: string }
  'proxy-arp-off': { netns: string; device: string }
}

interface LinkParams {
  'device-missing': { device: string; host: string; netns: string }
  'device-down': { device: string; host: string; netns: string }
  'no-carrier': { device: string; host: string }
  /** `found`: null where it is in no bridge. */
  'bridge-port': { device: string; bridge: string; settings: readonly string[] }
  'bridge-differs': { device: string; found: string | null; expected: string }
  'veth-peer': { device: string; found: string; expected: string }
  'device-mtu': { device: string; mtu: number; network: string; expected: number }
  'nic-mtu': { device: string; mtu: number; network: string; needed: number }
  'spanning-tree': { bridge: string }
}

interface OvsParams {
  'ovs-cannot-use': OvsFault
  'ovs-bridge-missing': { bridge: string; host: string }
  'bridge-without-flows': { bridge: string; host: string }
  'port-missing': { device: string; bridge: string; host: string }
  'port-elsewhere': { device: string; found: string; expected: string; host: string }
  'port-iface-id': { device: string; found: string | null; expected: string }
  'port-mac': { device: string; found: string; expected: string }
  'dead-tag': { device: string; tag: number; wasWired: boolean }
  'no-tag': { device: string }
  'local-tag': { device: string; tag: number; network: string; host: string; localVlan: number }
  'tag-record': { device: string; tag: number; recorded: string }
  'not-access': { device: string; vlanMode: string | null; trunks: readonly number[] }
  'vif-cuts-vlans': { device: string; bridge: string; tag: number | null; trunks: readonly number[]; whose: 'guest' | 'inner-cloud' }
  'guest-tag': { device: string; tag: number | null; guestVlan: number | null; label: string }
  'patch-missing': { device: string; bridge: string; host: string }
  'no-patch': { device: string; bridge: string }
  'patch-peer': { device: string; found: string | null; expected: string; host: string }
}

interface TunnelParams {
  'no-tunnel-port': { host: string; peer: string; address: string }
  'tunnel-udp-port': { device: string; found: string; peer: string; expected: string }
  'tunnel-source': { device: string; found: string; host: string; expected: string }
  /** `device`: null where it is on none of the host's. */
  'tunnel-address-missing': { device: string | null; host: string; address: string }
  'underlay-mtu': { device: string; mtu: number; network: string; networkMtu: number; needed: number }
}

interface LinuxBridgeParams {
  'vlan-id': { device: string; vlan: number; expected: number }
  'vlan-lower': { device: string; found: string | null; expected: string }
  'vni-differs': { device: string; vni: number; network: string; expected: number }
  'vxlan-source': { device: string; found: string | null; expected: string }
  'fdb-elsewhere': { device: string; label: string; destination: string; host: string; address: string }
  'flood-list': { device: string; host: string; address: string }
  'filter-missing': { device: string; host: string; label: string }
  'filter-drops-all': { device: string }
  'filter-mac': { device: string; mac: string }
  'filter-arp': { device: string; address: string }
  'group-chain-missing': { chain: string; host: string; label: string }
  'groups-not-asked': { key: string; host: string; label: string }
  'tap-vlan-missing': { device: string; host: string }
}

/** What is at the ends: VMs and DHCP servers. */
interface EndParams {
  'vm-undefined': { vm: string; host: string }
  'vm-off': { vm: string; host: string }
  'vm-suspended': { vm: string; state: DomainState }
  'vm-link-down': { vm: string; tap: string }
  'vm-without-nic': { vm: string; tap: string; isUplink: boolean }
  'vm-mac': { vm: string; found: string; expected: string; isUplink: boolean }
  'namespace-missing': { netns: string; host: string }
  'address-missing': { device: string; netns: string; address: string }
  'no-dhcp-server': { network: string; host: string }
}

/** What bridges do with the frames. `table`: null where none is known. */
interface FlowParams {
  'dropped-by-flow': { what: PacketKind; label: string; drop: Drop }
  /** `cause`: of a floating IP, what is missing there. */
  'walk-ends': { what: PacketKind; label: string; end: WalkEnd; cause?: Coded<FloatingParams> }
  /** `isLearned`: it learned the destination's MAC at these ports. `why`: of the port. */
  'not-sent-on': {
    bridge: string
    what: PacketKind
    label: string
    ports: readonly string[]
    port: string
    why: WalkEnd | null
    isLearned: boolean
  }
  'into-other-vlan': { bridge: string; table: number | null; vlan: number | null; label: string; expected: number }
  'tags-differ': { label: string; tag: number; other: string; otherTag: number }
  'leaves-with-tag': { bridge: string; table: number; tag: number | null; network: string; expected: number | null }
  'vlan-leak': { host: string; vlan: number | null; bridge: string; network: string }
  'to-other-tunnels': { table: number; what: PacketKind; label: string; ports: readonly TunnelPort[]; host: string; address: string }
  'sends-vni': { table: number; vni: number | null; network: string; expected: number }
  'not-handed-in': { table: number; host: string }
  'vni-into-other-vlan': { table: number; vni: number | null; vlan: number | null; label: string; expected: number }
}

/** What the design itself leaves open, or switches off. */
interface GapParams {
  'network-off': { network: string }
  /** `label`: null where the hop itself is of it. */
  'port-off': { label: string | null }
  'no-local-vlan': { network: string; host: string; isDesigned: boolean }
  'no-tunnel-endpoint': { host: string }
  'not-mapped': { host: string; what: 'bridge' | 'nic' }
  'uplink-not-mapped': { host: string }
  'design-ends': { end: WalkEnd }
  'nothing-behind': { device: string }
}

export type PacketKind = 'arp-requests' | 'frames'

/** `remote`: null where the host does not tell. */
export interface TunnelPort {
  readonly name: string
  readonly remote: string | null
}

/** The second line of a hop: what matters most about it. */
export type HopDetail = Coded<DetailParams>
export interface DetailParams {
  end: { label: string; address: string | null }
  address: { address: string | null }
  'in-bridge': { bridge: string }
  'in-bridge-whole': { bridge: string }
  'linux-bridge': {}
  'parent-tap': {}
  'local-tag': { tag: number | null }
  'guest-tag': { tag: number }
  /** Where the frame comes from a wire and gets its local VLAN. */
  'wire-to-local': { vlan: number | null; tag: number | null }
  'wire-tag': { vlan: number | null }
  'guest-vlan-of': { vlan: number; lower: string }
  'vlan-of': { vlan: number; lower: string }
  patch: { inner: string; outer: string }
  'trunk-bridge': { vlan: number | null; outer: string }
  vni: { vni: number; port: string | null }
  tunnel: { vni: number; source: string; destination: string }
  underlay: { address: string; nic: string }
  'hops-inside': { host: string; count: number }
  /** `mac`: null where no host has heard it. `nic`: by which it leaves the cloud, or comes in; null: by none. */
  outside: { direction: 'to' | 'from'; nextHop: string | null; mac: string | null; nic: string | null; host: string | null }
  /** `translated`: what NAT made of the source and the destination; null where it left them. */
  routed: { route: string | null; translated: { source: string | null; destination: string | null } }
}

/** What keeps anybody from telling whether a hop is right. */
export type HopDoubt = Coded<DoubtParams>
interface DoubtParams {
  'part-unknown': { part: UnknownPart }
  'not-followed': { what: PacketKind; label: string; end: WalkEnd }
}

/** Why nothing can be caught or counted at a hop. */
export type NoProof = Coded<NoProofParams>
export interface NoProofParams {
  'inside-guest': {}
  'between-devices': { before: string; behind: string }
  'between-hosts': {}
  'host-unread': { host: string }
  'flows-unknown': { part: UnknownPart }
  'hops-inside': {}
  'in-stack': {}
  outside: {}
}

/** Why there is no path. */
export interface NoPathParams {
  same_port: {}
  unknown_port: { portId: string }
  /** `port`: null where an end is on no host yet. */
  not_bound: { port: string | null; isOnHost: boolean }
  different_networks: NetworksOfEnds
  both_outside: {}
  /** No host can have it and be reached from another network. */
  not_an_address_outside: { address: string }
  /** `label`: whose it is. */
  own_address: { address: string; label: string; network: string; isFloating: boolean }
  /** Nobody's, in a network that is not outside. */
  own_network: { address: string; network: string }
  /** `router`: by which its network might be left; `outer`: into which that leads, though nobody outside is on its wire. */
  no_way_out: { label: string; network: string; router: string | null; outer: string | null }
  /** `floatingIp`: one that leads to it. */
  not_reached_from_outside: { label: string; floatingIp: string | null }
  /** It leads to no port. */
  floating_ip_free: { address: string; forwardsPorts: boolean }
  /** A distributed port; `other`: null where that end has no host, either. */
  on_other_hosts: { label: string; other: { label: string; host: string } | null }
  same_router: { label: string }
  /** `nearer`: the router's port in the network of the other end; null where it has none. */
  behind_router: { label: string; network: string; other: { label: string; network: string }; nearer: string | null }
}
interface NetworksOfEnds {
  readonly source: { readonly label: string; readonly network: string }
  readonly destination: { readonly label: string; readonly network: string }
}
