// What a router translates (docs/reference/routers.md): of each floating IP to its fixed address and back, and the rest of what leaves by the gateway to
// the gateway's own. Between networks of the router nothing is translated.

import type { IptablesChain } from '../host/iptables'
import { chainWithJump } from './inside-namespace'

/** A floating IP of a router, as packets have it. */
export interface Translated {
  readonly floating: string
  readonly fixed: string
}

export interface Translation {
  readonly netns: string
  /** By which packets come in from outside and leave. */
  readonly outside: string
  readonly floatingIps: readonly Translated[]
  /** What leaves without a floating IP takes this address; null: it leaves as it is. */
  readonly ownAddress: string | null
  /** Where floating IPs come in by that device alone: a router whose host reaches them by another way. */
  readonly isOnlyFromOutside: boolean
}

/** Neutron's mark of what came in from outside. */
const FROM_OUTSIDE = '0x2/0xffff'

export function translationChains({ netns, outside, floatingIps, ownAddress, isOnlyFromOutside }: Translation): IptablesChain[] {
  if (floatingIps.length === 0 && ownAddress === null) return []
  const from = isOnlyFromOutside ? ` -i ${outside}` : ''
  const inbound = floatingIps.map(({ floating, fixed }) => `-d ${floating}/32${from} -j DNAT --to-destination ${fixed}`)
  const outbound = floatingIps.map(({ floating, fixed }) => `-s ${fixed}/32 -j SNAT --to-source ${floating}`)
  const own = ownAddress === null ? [] : [`-o ${outside} -j SNAT --to-source ${ownAddress}`]
  const turns = ownAddress !== null && floatingIps.length > 0 ? hairpin(ownAddress) : []
  const nat = { netns, family: 'ipv4', table: 'nat' } as const
  return [
    ...chainWithJump(nat, 'PREROUTING', inbound),
    // What the router itself sends, too.
    ...chainWithJump(nat, 'OUTPUT', isOnlyFromOutside ? [] : inbound),
    ...chainWithJump(nat, 'POSTROUTING', [`! -o ${outside} -m conntrack ! --ctstate DNAT -j ACCEPT`, ...outbound, ...own, ...turns]),
    ...chainWithJump(
      { netns, family: 'ipv4', table: 'mangle' },
      'PREROUTING',
      turns.length > 0 ? [`-i ${outside} -j MARK --set-xmark ${FROM_OUTSIDE}`] : [],
    ),
  ]
}

/** A VM that calls another one by its floating IP is answered by way of the router, or it would not know who answers. */
const hairpin = (ownAddress: string): readonly string[] => [
  `-m mark ! --mark ${FROM_OUTSIDE} -m conntrack --ctstate DNAT -j SNAT --to-source ${ownAddress}`,
]
