// One typed record of what a host has. Desired (compiled) and observed (read) states have this same type, so comparing
// them is a walk over two lists. What a kind of resource is to Tapline is told by its entry in core/kinds/kinds.ts.

import { joinLists } from '../join-lists'
import type { ConntrackZone } from './conntrack-zone'
import type { DnsmasqInstance } from './dnsmasq'
import type { Domain } from './domain'
import type { FdbEntry } from './fdb'
import type { Flow } from './flow'
import type { IpAddress, IpRule, Route } from './ip'
import type { Ipset } from './ipset'
import type { IptablesChain } from './iptables'
import type { LearnedState } from './learned'
import type { Link } from './link'
import type { NetworkNamespace } from './namespace'
import type { PermanentNeighbour } from './neighbour'
import type { OvsBridge, OvsPort } from './ovs'
import type { RestoreUnit } from './restore-unit'
import type { Service } from './service'
import type { Sysctl } from './sysctl'

export interface HostLists {
  readonly namespaces: readonly NetworkNamespace[]
  readonly links: readonly Link[]
  readonly addresses: readonly IpAddress[]
  readonly routes: readonly Route[]
  readonly rules: readonly IpRule[]
  readonly neighbours: readonly PermanentNeighbour[]
  readonly fdb: readonly FdbEntry[]
  readonly sysctls: readonly Sysctl[]
  readonly ovsBridges: readonly OvsBridge[]
  readonly ovsPorts: readonly OvsPort[]
  readonly flows: readonly Flow[]
  readonly conntrackZones: readonly ConntrackZone[]
  readonly ipsets: readonly Ipset[]
  readonly iptables: readonly IptablesChain[]
  readonly dnsmasq: readonly DnsmasqInstance[]
  readonly services: readonly Service[]
  readonly domains: readonly Domain[]
  readonly restoreUnits: readonly RestoreUnit[]
}

export type HostStateKind = keyof HostLists
export type Resource = HostLists[HostStateKind][number]

export interface HostState extends HostLists {
  /** Observed only and never compared: no kind. */
  readonly learned?: LearnedState
}

/** In the order in which a plan lists them. */
export const emptyHostState: HostState = {
  namespaces: [],
  links: [],
  addresses: [],
  routes: [],
  rules: [],
  neighbours: [],
  fdb: [],
  sysctls: [],
  ovsBridges: [],
  ovsPorts: [],
  flows: [],
  conntrackZones: [],
  ipsets: [],
  iptables: [],
  dnsmasq: [],
  services: [],
  domains: [],
  restoreUnits: [],
}

export const kindNames = Object.keys(emptyHostState) as HostStateKind[]

/** A state, list by list. */
export const mapKinds = (list: (name: HostStateKind) => readonly Resource[]): HostState =>
  Object.fromEntries(kindNames.map((name) => [name, list(name)])) as unknown as HostState

/** Of what is compared; a state may hold what was learned beside it. */
export const isEmptyState = (state: HostState): boolean => kindNames.every((kind) => state[kind].length === 0)

/** Joins fragments, in order; the compiler's features each return one. */
export const mergeHostStates = (parts: readonly Partial<HostState>[]): HostState =>
  mapKinds((kind) => joinLists(parts.map((part): readonly Resource[] | undefined => part[kind])))
