// A part of a reading that is not known: where it lies, what may be there, and why nobody can tell.

import type { Coded } from '../finding'
import type { HostStateKind } from './host-state'
import type { IptablesChain } from './iptables'
import type { UnparsedReason } from './unparsed-params'

/** Where a part of a reading lies. What is absent does not confine it. */
export interface ReadingScope {
  /** '' is the root namespace. */
  readonly netns?: string
  /** Of Open vSwitch. */
  readonly bridge?: string
  readonly family?: IptablesChain['family']
}

export interface UnknownPart extends ReadingScope {
  /** As the read script calls it: `flows br-int`, `ip qdhcp-…`, `domains`. */
  readonly section: string
  readonly why: Coded<WhyParams>
  /** Kinds of resources that may be there without having been read. */
  readonly kinds: readonly HostStateKind[]
  /** Names of the only thing that is missing; it carries no mark of ours. Empty: things of somebody else's, nobody knows which. */
  readonly foreign?: readonly string[]
  /** Of no consequence where nothing of its kinds is wanted or ours. */
  readonly mayBeIdle?: boolean
}

/** Why a part is not known. */
export interface WhyParams {
  /** UUIDs of guests that run all the same. */
  'libvirt-stopped': { guests: readonly string[] }
  /** A piece of it was not understood, or did not come. */
  unread: { reason: UnparsedReason }
  /** The same in a record from before reasons were data. */
  said: { said: string }
}
