// Sets of addresses (ipset), which rules of iptables look into: the members of a security group, addresses that a router translates. Nothing on a
// set can carry a mark; one of ours is told by its name, as a chain is.

import { CHAIN_PREFIX } from './iptables'

export interface Ipset {
  readonly netns: string
  /** Of ours at most 29 characters: `-n` behind it is the draft that takes its place (Neutron's ipset_manager.py). */
  readonly name: string
  /** hash:net, hash:ip, hash:net,iface, … */
  readonly type: string
  /** Absent where a set has none (bitmaps, lists). */
  readonly addressFamily?: 'inet' | 'inet6'
  /** Absent: what ipset takes by itself. */
  readonly maxElements?: number
  /** What else was asked for when it was made (timeout, counters, …); never by us. */
  readonly unmodelled?: readonly string[]
  /** As `ipset save` prints them: a host has no /32. */
  readonly entries: readonly string[]
}

export const ipsetKey = ({ netns, name }: Pick<Ipset, 'netns' | 'name'>): string => `${netns}/${name}`
export const isOurSet = ({ name }: Pick<Ipset, 'name'>): boolean => name.startsWith(CHAIN_PREFIX)

/**
 * Group of the `lo` of a namespace in which sets of ours may be: 0x7461, as in our cookies. Nothing else would tell a reading of one that no rule
 * looks into yet, and asking each namespace takes a program.
 */
export const SETS_GROUP = 0x7461
