// What a rule of iptables or ebtables is asked about: a packet, with all that the kernel notes beside it.

import type { ArpPayload, Frame, IpPayload } from '../../frame'

export type CtState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED'

export interface Nat {
  readonly dnat: boolean
  readonly snat: boolean
}

/** What a condition may ask about. */
export interface Subject {
  readonly frame: Frame
  readonly ip: IpPayload | null
  readonly arp: ArpPayload | null
  readonly inDevice: string | null
  readonly outDevice: string | null
  readonly physIn: string | null
  readonly physOut: string | null
  readonly isBridged: boolean
  /** null: not known. */
  readonly mark: number | null
  readonly connectionMark: number | null
  readonly state: CtState | null
  /** It goes the way that is not its connection's first one; null: not known. */
  readonly isReply: boolean | null
  /** Of its connection, where the state is known. */
  readonly nat: Nat
  /** LOCAL, UNICAST, BROADCAST, MULTICAST; null: not known. */
  addressType(address: string): string | null
  isInSet(name: string, fields: readonly string[]): boolean | null
}

/** null: cannot be told. */
export type Match = (subject: Subject) => boolean | null
