// Where frames of a guest VLAN really go on a host: the ports of the trunk bridge that take this VLAN, the other ends of their
// patches, and whose local VLAN stands there. Follows what is built, not what was meant.

import { DEAD_VLAN } from '../host/ovs'
import { INTEGRATION_BRIDGE } from '../naming'
import { networkOfTag, type TrunkHost } from './patch-pair'
import type { DeadEnd } from './trunk-params'

export interface Reach {
  readonly networkIds: readonly string[]
  /** Why a way ends, for each that does; a VLAN that nobody takes is one. */
  readonly deadEnds: readonly DeadEnd[]
}

export function networksReached(host: TrunkHost, guestVlan: number): Reach {
  const takers = host.state.ovsPorts.filter(
    ({ bridge, tag, interface: { type } }) => bridge === host.bridge && type === 'patch' && tag === guestVlan,
  )
  if (takers.length === 0)
    return { networkIds: [], deadEnds: [{ code: 'nobody-has-tag', params: { bridge: host.bridge, tag: guestVlan } }] }
  const ways = takers.map(({ name, interface: { options } }) => wayOut(host, name, options['peer'] ?? ''))
  return {
    networkIds: [...new Set(ways.flatMap((way) => ('networkId' in way ? [way.networkId] : [])))],
    deadEnds: ways.flatMap((way) => ('deadEnd' in way ? [way.deadEnd] : [])),
  }
}

function wayOut(host: TrunkHost, name: string, peer: string): { readonly networkId: string } | { readonly deadEnd: DeadEnd } {
  const inner = host.portOn(INTEGRATION_BRIDGE, peer)
  if (!inner || inner.interface.options['peer'] !== name)
    return { deadEnd: { code: 'joined-to-nothing', params: { device: name, bridge: INTEGRATION_BRIDGE } } }
  if (inner.tag === null) return { deadEnd: { code: 'no-tag', params: { device: peer } } }
  if (inner.tag === DEAD_VLAN) return { deadEnd: { code: 'dead-tag', params: { device: peer, tag: DEAD_VLAN } } }
  const network = networkOfTag(host, inner.tag)
  return network ? { networkId: network.id } : { deadEnd: { code: 'tag-of-nobody', params: { device: peer, tag: inner.tag } } }
}
