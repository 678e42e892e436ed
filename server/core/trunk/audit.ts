// What an audit of a trunk says: per port of the trunk, from the guest's interface to the network, what was meant, what is there
// and what packets show. Pure data; made by audit-trunk.ts, drawn by components/trunks/audit.

import type { Agreement } from '../path/path'
import type { HopValue, TrunkFinding } from './trunk-params'

/**
 * From the guest outwards: its interface, the VIF, where its VLAN is taken off, where its network begins, the network reached. On Open
 * vSwitch the middle ones are qvo and both ends of the patch pair; on Linux bridge the tap, the VLAN interface on it and its bridge.
 */
export type AuditHopKind = 'guest' | 'vif' | 'outer' | 'inner' | 'network'

export interface AuditHop {
  readonly kind: AuditHopKind
  /** eth0.301, qvo…, spt-…, spi-…, tap…, brq…, or the network's name; null for an interface of the guest that nobody knows. */
  readonly device: string | null
  readonly expected: HopValue
  /** What stands there; null when it was not read. */
  readonly found: HopValue | null
  readonly intent: Agreement
  readonly host: Agreement
  readonly traffic: Agreement
  /** What is wrong here; null when nothing is. */
  readonly finding: TrunkFinding | null
}

export interface AuditRow {
  readonly portId: string
  readonly label: string
  /** 0 for the parent: untagged. */
  readonly guestVlan: number
  readonly macAddress: string
  readonly networkId: string
  readonly networkName: string
  /** Always all five. */
  readonly hops: readonly AuditHop[]
  readonly state: Agreement
}

/** Something on the host that no port of the trunk accounts for. */
export interface AuditOddity {
  /** The bridge that holds it, or the trunk bridge where frames of the guest were seen. */
  readonly bridge: string
  /** null: in the guest. */
  readonly device: string | null
  /** Made by this console; a plan takes it away. */
  readonly isOurs: boolean
  readonly finding: TrunkFinding
}

export interface TrunkAudit {
  readonly trunkId: string
  readonly hostName: string | null
  /** When the host was read; null when it never was. */
  readonly observedAt: string | null
  /** null when no packets were looked at. */
  readonly listenedS: number | null
  /** Whether the guest told its interfaces; why not, in a sentence. */
  readonly guestProblem: string | null
  /** Why packets could not be looked at as asked, in a sentence. */
  readonly captureProblem: string | null
  readonly rows: readonly AuditRow[]
  readonly oddities: readonly AuditOddity[]
  readonly state: Agreement
}

/** An interface as the guest itself has it. */
export interface GuestInterface {
  readonly name: string
  readonly macAddress: string
  /** 0: no VLAN interface. */
  readonly vlan: number
  /** The device below a VLAN interface. */
  readonly parent: string | null
}

/** Frames that left the guest, by tag and source. */
export interface SentFrames {
  /** 0: untagged. */
  readonly vlan: number
  readonly macAddress: string
  /** null: known from what the trunk bridge learned, not from a capture. */
  readonly frames: number | null
}

/** Frames of a port of the trunk as they left a NIC of a Linux bridge host. */
export interface LeftFrames {
  readonly device: string
  /** The innermost source. */
  readonly macAddress: string
  /** 0: untagged. */
  readonly vlan: number
  /** null: not in a tunnel. */
  readonly vni: number | null
  readonly frames: number
}

/** A MAC that a bridge learned while packets were looked at. */
export interface LearnedMac {
  readonly bridge: string
  readonly port: string
  /** 0 on a Linux bridge. */
  readonly vlan: number
  readonly macAddress: string
}

export interface AuditTraffic {
  readonly listenedS: number
  readonly sent: readonly SentFrames[]
  readonly learned: readonly LearnedMac[]
  /** None on Open vSwitch, where the local VLAN tells the network. */
  readonly left: readonly LeftFrames[]
  readonly problem: string | null
}
