// Which physical networks share a wire (docs/reference/nested-uplinks.md, decision 11). Each has a wire of its own, unless it says by
// `carrierId` on whose wire its frames travel; carriers of carriers lead to the same wire in the end.

import { findById } from './find'
import { PORT_MAC_BASE } from './mac'
import type { Host } from './kinds/host/host'
import type { NestedUplink } from './kinds/nested-uplink/nested-uplink'
import type { PhysicalNetwork } from './kinds/physical-network/physical-network'
import type { Vm } from './kinds/vm/vm'
import type { Topology } from './topology'

type Wires = Pick<Topology, 'physicalNetworks'>

/** From a physical network to the one whose wire it is, itself first. A ring, which the rules refuse, is walked once. */
export function carriersOf({ physicalNetworks }: Wires, start: PhysicalNetwork): PhysicalNetwork[] {
  const chain: PhysicalNetwork[] = []
  for (let next: PhysicalNetwork | null = start; next && !chain.includes(next); next = findById(physicalNetworks, next.carrierId))
    chain.push(next)
  return chain
}

export const wireOf = (wires: Wires, physicalNetwork: PhysicalNetwork): PhysicalNetwork => carriersOf(wires, physicalNetwork).at(-1)!

export const isCarried = ({ carrierId }: Pick<PhysicalNetwork, 'carrierId'>): boolean => carrierId !== undefined

export const macBaseOf = ({ macBase }: Pick<PhysicalNetwork, 'macBase'>): string => macBase ?? PORT_MAC_BASE

/** The VM that a host of an inner cloud is. */
export const vmOfHost = ({ vms }: Pick<Topology, 'vms'>, { vmId }: Pick<Host, 'vmId'>): Vm | null =>
  vmId === undefined ? null : findById(vms, vmId)

/** The uplink through which a host that is a VM reaches the wire of a physical network. */
export function uplinkTo(
  { nestedUplinks, physicalNetworks }: Pick<Topology, 'nestedUplinks' | 'physicalNetworks'>,
  host: Pick<Host, 'vmId'>,
  physicalNetworkId: string,
): NestedUplink | null {
  const carrierId = findById(physicalNetworks, physicalNetworkId)?.carrierId
  return nestedUplinks.find((uplink) => uplink.vmId === host.vmId && uplink.physicalNetworkId === carrierId) ?? null
}
