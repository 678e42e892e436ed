// What a router translates (docs/reference/routers.md): of each floating IP to its fixed address and back, of single ports of
// others to a port of an address, and the rest of what leaves by the gateway to
// the gateway's own. Between networks of the router nothing is translated.

import type { IptablesChain } from '../host/iptables'
import type { Forwarded } from './forwarded-ports'
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
  /** Their answers need no rule: a connection is translated back as it came. */
  readonly forwarded: readonly Forwarded[]
  /** Of the router itself out there. null: it has none. */
  readonly ownAddress: string | null
  /** What leaves without a floating IP takes that address; otherwise it leaves as it is. */
  readonly isSnatEnabled: boolean
  /** Where floating IPs come in by that device alone: a router whose host reaches them by another way. */
  readonly isOnlyFromOutside: boolean
}

/** Neutron's mark of what came in from outside. */
const FROM_OUTSIDE = '0x2/0xffff'

export function translationChains(translation: Translation): IptablesChain[] {
  const { netns, outside, floatingIps, forwarded, ownAddress, isSnatEnabled, isOnlyFromOutside } = translation
  const isSource = isSnatEnabled && ownAddress !== null
  if (floatingIps.length === 0 && forwarded.length === 0 && !isSource) return []
  const from = isOnlyFromOutside ? ` -i ${outside}` : ''
  const inbound = [
    ...floatingIps.map(({ floating, fixed }) => `-d ${floating}/32${from} -j DNAT --to-destination ${fixed}`),
    ...forwarded.map(forward),
  ]
  const outbound = floatingIps.map(({ floating, fixed }) => `-s ${fixed}/32 -j SNAT --to-source ${floating}`)
  const own = isSource ? [`-o ${outside} -j SNAT --to-source ${ownAddress}`] : []
  const turns = ownAddress !== null && inbound.length > 0 ? hairpin(ownAddress) : []
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

const forward = ({ floating, protocol, externalPort, fixed, internalPort }: Forwarded): string =>
  `-d ${floating}/32 -p ${protocol} -m ${protocol} --dport ${externalPort} -j DNAT --to-destination ${fixed}:${internalPort}`

/** A VM that calls another one by its floating IP is answered by way of the router, or it would not know who answers. */
const hairpin = (ownAddress: string): readonly string[] => [
  `-m mark ! --mark ${FROM_OUTSIDE} -m conntrack --ctstate DNAT -j SNAT --to-source ${ownAddress}`,
]
