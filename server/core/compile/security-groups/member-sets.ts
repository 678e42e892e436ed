// Sets of addresses, one for each group that a rule on this host names as the other end: all ports that are in it, wherever they are.

import type { Ipset } from '../../host/ipset'
import { portsInGroup } from '../../topology/lookup'
import type { SecurityGroup } from '../../topology/kinds/security-group/security-group'
import type { Topology } from '../../topology/topology'
import { memberSet, type Family } from './chain-names'
import { addressesOf } from './port-addresses'

/** None where nobody is in it: a rule about nobody is left out (rule-line.ts). */
export function memberSets({ ports }: Topology, groups: readonly SecurityGroup[], family: Family): readonly Ipset[] {
  const remoteIds = new Set(groups.flatMap(({ rules }) => rules.flatMap(({ remoteGroupId }) => remoteGroupId ?? [])))
  return [...remoteIds].sort().flatMap((id) => {
    const entries = new Set(
      portsInGroup(ports, id).flatMap((port) => addressesOf(port, family).flatMap(({ ipAddress }) => entriesOf(ipAddress))),
    )
    if (entries.size === 0) return []
    return [
      {
        netns: '',
        name: memberSet({ id }, family),
        type: 'hash:net',
        addressFamily: family === 'ipv4' ? ('inet' as const) : ('inet6' as const),
        entries: [...entries].sort(),
      },
    ]
  })
}

/** A set of that type holds no prefix of length 0. */
function entriesOf(prefix: string): readonly string[] {
  if (!prefix.endsWith('/0')) return [prefix]
  return prefix.includes(':') ? ['::/1', '8000::/1'] : ['0.0.0.0/1', '128.0.0.0/1']
}
