// One typed record of what a host has. Desired (compiled) and observed (read) states have this same type, so comparing
// them is a walk over two lists. Each kind has its own file with its type, its key and what counts as a difference.

import type { DnsmasqInstance } from './dnsmasq'
import type { Domain } from './domain'
import type { FdbEntry } from './fdb'
import type { Flow } from './flow'
import type { IpAddress, IpRule, Route } from './ip'
import type { IptablesChain } from './iptables'
import type { Link } from './link'
import type { NetworkNamespace } from './namespace'
import type { OvsBridge, OvsPort } from './ovs'
import type { RestoreUnit } from './restore-unit'
import type { Sysctl } from './sysctl'

export interface HostState {
  readonly namespaces: readonly NetworkNamespace[]
  readonly links: readonly Link[]
  readonly addresses: readonly IpAddress[]
  readonly routes: readonly Route[]
  readonly rules: readonly IpRule[]
  readonly fdb: readonly FdbEntry[]
  readonly sysctls: readonly Sysctl[]
  readonly ovsBridges: readonly OvsBridge[]
  readonly ovsPorts: readonly OvsPort[]
  readonly flows: readonly Flow[]
  readonly iptables: readonly IptablesChain[]
  readonly dnsmasq: readonly DnsmasqInstance[]
  readonly domains: readonly Domain[]
  readonly restoreUnits: readonly RestoreUnit[]
}

export type HostStateKind = keyof HostState

export const emptyHostState: HostState = {
  namespaces: [],
  links: [],
  addresses: [],
  routes: [],
  rules: [],
  fdb: [],
  sysctls: [],
  ovsBridges: [],
  ovsPorts: [],
  flows: [],
  iptables: [],
  dnsmasq: [],
  domains: [],
  restoreUnits: [],
}

/** Joins fragments, in order; the compiler's features each return one. */
export function mergeHostStates(parts: readonly Partial<HostState>[]): HostState {
  const merged = Object.fromEntries(
    Object.keys(emptyHostState).map((kind) => [kind, parts.flatMap((part) => [...(part[kind as HostStateKind] ?? [])])]),
  )
  return merged as unknown as HostState
}
