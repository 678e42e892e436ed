// Security groups of the ports on a host, by iptables and ip6tables where their frames cross a Linux bridge (docs/reference/security-groups.md).
// Matches name the tap, which every port has whatever agent its host has; what else differs by that, the driver says. A port from before there
// were groups has no chains; one without port security is let through whatever other rules the host has.

import type { HostState } from '../../host/host-state'
import type { IptablesChain } from '../../host/iptables'
import { invariant } from '../../invariant'
import { tapName } from '../../naming'
import { findInOrder } from '../../topology/find'
import { BRIDGE_NETFILTER } from '../../host/sysctl'
import { isFiltered } from '../../topology/kinds/port/port-security'
import type { Port } from '../../topology/kinds/port/port'
import type { SecurityGroup } from '../../topology/kinds/security-group/security-group'
import { driverOf } from '../agent-drivers'
import { chainWithJump } from '../inside-namespace'
import type { HostScope } from '../scope'
import { egressChain, FALLBACK_CHAIN, GROUP_CHAIN, ingressChain, type Family } from './chain-names'
import { memberSets } from './member-sets'
import { filterChain, portChains } from './port-chains'

const FAMILIES: readonly Family[] = ['ipv4', 'ipv6']

export function compileSecurityGroups(scope: HostScope): Partial<HostState> {
  const ports = driverOf(scope.host).filteredPorts(scope)
  const [filtered, open] = [ports.filter(isFiltered), ports.filter((port) => !port.isPortSecurityEnabled)]
  if (filtered.length + open.length === 0) return {}
  const groupsOf = (port: Port) => findInOrder(scope.topology.securityGroups, port.securityGroupIds ?? [])
  const parts = FAMILIES.map((family) => compileFamily(scope, family, filtered, open, groupsOf))
  return {
    ipsets: parts.flatMap(({ ipsets }) => ipsets),
    iptables: parts.flatMap(({ iptables }) => iptables),
    sysctls: scope.host.hasBridgeNetfilter ? BRIDGE_NETFILTER.map((key) => ({ netns: '', key, value: '1' })) : [],
  }
}

function compileFamily(
  scope: HostScope,
  family: Family,
  filtered: readonly Port[],
  open: readonly Port[],
  groupsOf: (port: Port) => readonly SecurityGroup[],
) {
  const groups = [...new Set(filtered.flatMap(groupsOf))]
  const ipsets = memberSets(scope.topology, groups, family)
  const sets = new Set(ipsets.map(({ name }) => name))
  return {
    ipsets,
    iptables: [
      ...filtered.flatMap((port) => portChains(port, groupsOf(port), family, sets)),
      ...sharedChains(family, filtered, open),
      ...trackingChains(scope, family, filtered),
    ],
  }
}

/** Packets that come by no bridge are let go at once: on a busy host they are most of them. */
const ONLY_FROM_BRIDGES = '-m physdev ! --physdev-is-in -j RETURN'

function sharedChains(family: Family, filtered: readonly Port[], open: readonly Port[]): IptablesChain[] {
  const filter = { netns: '', family, table: 'filter' } as const
  const inbound = ({ id }: Port) => `-m physdev --physdev-out ${tapName(id)} --physdev-is-bridged`
  const outbound = ({ id }: Port) => `-m physdev --physdev-in ${tapName(id)} --physdev-is-bridged`
  // The bridge has no address of its own, yet what a VM sends to it must not reach the host past the rules.
  const toHost = (port: Port) => `-m physdev --physdev-in ${tapName(port.id)}`
  return [
    ...chainWithJump(filter, 'FORWARD', [
      ONLY_FROM_BRIDGES,
      ...filtered.flatMap((port) => [
        `${inbound(port)} -j ${GROUP_CHAIN}`,
        `${outbound(port)} -j ${GROUP_CHAIN}`,
        // What the host would route: its frame was for the bridge itself. The host's own rules come after.
        `${toHost(port)} -j ${egressChain(port)}`,
      ]),
      ...open.flatMap((port) => [`${inbound(port)} -j ACCEPT`, `${outbound(port)} -j ACCEPT`]),
    ]),
    ...chainWithJump(filter, 'INPUT', [
      ONLY_FROM_BRIDGES,
      // Neutron accepts those without port security here as well, past what the host's own rules say.
      ...filtered.map((port) => `${toHost(port)} -j ${egressChain(port)}`),
    ]),
    filterChain(family, GROUP_CHAIN, [
      ...filtered.flatMap((port) => [`${inbound(port)} -j ${ingressChain(port)}`, `${outbound(port)} -j ${egressChain(port)}`]),
      '-j ACCEPT',
    ]),
    filterChain(family, FALLBACK_CHAIN, ['-j DROP']),
  ]
}

/** Ports of networks with the same addresses do not see each other's connections. */
function trackingChains(scope: HostScope, family: Family, filtered: readonly Port[]): IptablesChain[] {
  const { trackedBy } = driverOf(scope.host)
  const rules = filtered.flatMap((port) => {
    const { zone, matches } = trackedBy(scope, port)
    invariant(zone !== undefined, `no conntrack zone stored for port ${port.id}`)
    return matches.map((match) => `${match} -j CT --zone ${zone}`)
  })
  return chainWithJump({ netns: '', family, table: 'raw' }, 'PREROUTING', [...new Set(rules)])
}
