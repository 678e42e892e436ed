// What a verification has to say, by code: its verdict, why packets were lost, what each hop was expected to show and did show, what DHCP
// did, and where it stands meanwhile. A verdict about a hop that differs is what was found at that hop (hop-params.ts).

import type { Coded } from '../finding'
import type { UnknownPart } from '../host/unknown-part'
import type { ExpectedEncapsulation } from '../packet/expectation'
import type { Mismatch } from '../packet/mismatch'
import type { FilterCounter } from '../parse/net/filter-counters'
import type { Drop } from './drop-params'
import type { GroupOwner } from './group-of-chain'
import type { TrafficKind } from './traffic-kinds'
import type { HopParams, NoProofParams } from './hop-params'

/** Of a record from before verdicts were data: the sentence that it has. Else what a host or an error said. */
interface SaidParams {
  said: { said: string }
}

export type Verdict = Coded<VerdictParams>
export interface VerdictParams extends HopParams, GuestParams, DhcpParams, LossVerdictParams, NotMeasuredParams, SaidParams {
  /** `unmeasured`: hops that nobody could measure. */
  answered: { transmitted: number; unmeasured: readonly HopName[]; wayIn?: WayIn }
  'answered-in-part': { received: number; transmitted: number }
  /** It passed all the same, but. */
  'answered-but': { transmitted: number; finding: Verdict; wayIn?: WayIn }
  /** The ping did not do what it should, and this was found on the path. */
  'with-finding': { what: Verdict; finding: Verdict }
  'hosts-mute': { hosts: readonly Coded<NotMeasuredParams>[] }
  'two-macs': { address: string | null; mac: string; label: string; other: string; strangers: readonly Stranger[] }
  'other-mac': { address: string | null; mac: string; label: string; other: string; strangers: readonly Stranger[] }
  stranger: Stranger
  'no-ping': {}
  'no-address-to-ping': { label: string }
  'ping-failed': { label: string; said: string }
  'guest-unread': { label: string; host: string; part: UnknownPart }
  'guest-without-agent': { label: string }
  'guest-agent-silent': { label: string }
  cancelled: {}
  'broke-off': { said: string }
  'console-stopped': {}
}

/** Nobody can send from that address, so that the other end did, and its replies came by the way that is asked about. */
export interface WayIn {
  readonly label: string
  readonly address: string
}

/** Why a host, or a hop, could not be measured. */
export interface NotMeasuredParams {
  'host-unreadable': { host: string; said: string }
  'switch-silent': { host: string; patienceS: number }
}

/** A port of a bridge of the path that nobody designed. */
export interface Stranger {
  readonly port: string
  readonly bridge: string
  readonly host: string
}

/** `host`: null where the name alone is enough. */
export interface HopName {
  readonly device: string
  readonly host: string | null
}

/** Where packets end. `why`: what is known of the reason. */
interface LossVerdictParams {
  'packets-differ': Loss & { mismatches: readonly Mismatch[] }
  'packets-lost': Loss & { from: HopName; seen: number; wanted: number }
  'not-heard-before': Loss & { label: string; unheard: HopName; seen: number; wanted: number }
  'sent-in-part': Loss & { label: string; seen: number; wanted: number }
  'never-sent': Loss & { label: string; to: string }
  'no-answer': Loss & { label: string; to: string }
}
interface Loss {
  readonly kind: TrafficKind
  readonly at: HopName
  readonly why: readonly LossReason[]
}

export type LossReason = Coded<LossParams>
export interface LossParams extends HopParams, GuestParams, LossPlaceParams {
  dropped: { drop: Drop }
  'foreign-drop': { bridge: string; table: number; priority: number; match: string; packets: number }
  'filter-rule': Pick<FilterCounter, 'family' | 'table' | 'chain' | 'position' | 'text' | 'isOurs'> & {
    packets: number
    /** Of a security group; absent of other rules, and in verdicts from before they were told. */
    owner?: GroupOwner
  }
  'wrong-aim': { label: string; mac: string; other: string }
}

/** Known of the two hops alone between which packets are lost (loss-places.ts). */
export interface LossPlaceParams {
  'underlay-loses': { vteps: Vteps | null }
  'wire-does-not-pass': { vlan: number | null }
  'no-way-to-vtep': { vteps: Vteps | null; by: 'openvswitch' | 'kernel' }
  'no-tunnel-port-takes': {}
  'no-vxlan-device-takes': {}
  'no-vlan-device-takes': { vlan: number | null }
  'no-tap-vlan': {}
  'ebtables-drops': {}
  'qbr-holds-back': { direction: 'egress' | 'ingress' }
  'br-int-does-not-deliver': {}
  'router-holds-back': { netns: string }
  'ovs-does-not-take': {}
  'trunk-takes-elsewhere': {}
  'trunk-has-no-port': {}
}
interface Vteps {
  readonly source: string
  readonly destination: string
}

/** What a guest says of itself. `vlan`: the one that it puts on itself. */
export interface GuestParams {
  'guest-without-vlan': { label: string; vlan: number; nic: string }
  'guest-without-nic': { label: string; mac: string; found: readonly { readonly name: string; readonly mac: string | null }[] }
  'guest-down': { device: string; label: string }
  'guest-without-address': { device: string; label: string; expected: string }
  'guest-other-address': { device: string; label: string; found: readonly string[]; expected: string }
  'guest-without-route': { label: string; address: string }
  /** `state`: as the kernel of the guest calls it. */
  'guest-wrong-neighbour': {
    label: string
    isPermanent: boolean
    state: string
    mac: string
    address: string
    other: string
    expected: string
  }
}

/** `kept`: the address that the guest has from before. */
export interface DhcpParams extends SaidParams {
  'dhcp-not-served': { network: string; label: string }
  'dhcp-server-down': { network: string; host: string; label: string; kept: string | null }
  'leases-unread': { network: string }
  'no-lease': { label: string }
  'lease-differs': { label: string; leased: string; expected: string }
  'lease-unasked': { label: string; leased: string }
  'lease-unused': { label: string; leased: string }
  'lease-not-used': { label: string; found: string; expected: string }
  'lease-used': { label: string; leased: string }
}

/** The header that a hop should show. */
export interface ExpectedParams extends NoProofParams, SaidParams {
  'nothing-forwards': {}
  'counted-by': { flowKeys: readonly string[] }
  header: { encapsulation: ExpectedEncapsulation; source: string; destination: string }
}

/** What it did show. `forth`, `back`: null where it was not counted. */
export interface SeenParams extends SaidParams {
  'echo-sent': { count: number }
  'echo-answered': { count: number; of: number }
  crossed: { before: string; behind: string }
  packets: {
    what: 'echo' | 'arp'
    requests: number
    replies: number
    near: readonly { readonly count: number; readonly mismatches: readonly Mismatch[] }[]
  }
  counted: { forth: number | null; back: number | null }
}

/** What there is to know about the measuring. */
export interface EvidenceNoteParams extends NotMeasuredParams, SaidParams {
  'replies-lost': {}
  'behind-the-loss': {}
  'counted-less': { seen: number; wanted: number; wereAnswered: boolean }
  'seen-around': { before: string; behind: string }
  'no-ping': {}
  'told-by-ping': { label: string }
  'shared-flow': {}
  'nothing-sent': {}
  'shown-by-neighbours': {}
  'no-place': { said: string | null }
  /** `said`: by the bridge, where it was asked. */
  'counters-unread': { said: string | null }
  'counters-restarted': {}
}
export type EvidenceNote = Coded<EvidenceNoteParams>

/** Where a verification stands. */
export interface StageParams extends SaidParams {
  reading: { hosts: readonly string[] }
  'waiting-for-guest': { label: string; why: Coded<GuestParams> | null; hasAnswered: boolean }
  'waiting-for-places': { host: string | null }
  listening: { points: number }
  sending: { label: string; count: number; address: string }
}
