// The largest MTU a network may have (docs/reference/mtu.md): what its underlay carries, less what the encapsulation adds.

import type { NetworkType } from './kinds/network/network'
import type { PhysicalNetwork } from './kinds/physical-network/physical-network'

/** Neutron's global_physnet_mtu default. The underlay between VTEPs is taken to carry this much. */
const UNDERLAY_MTU = 1500
/** Outer IPv4 header, then Neutron's VXLAN overhead, which already counts the inner Ethernet header (14+8+8). */
const VXLAN_OVERHEAD = 20 + 30
/** RFC 791: what every IPv4 link must carry. */
export const MIN_MTU = 68
export const MAX_MTU = 65_535

export function maxMtuOf(type: NetworkType, physicalNetwork: PhysicalNetwork | null): number {
  return type === 'vxlan' ? UNDERLAY_MTU - VXLAN_OVERHEAD : (physicalNetwork?.mtu ?? UNDERLAY_MTU)
}
