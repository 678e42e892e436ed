// Rules of physical networks; those of the wires that they share are in wire-rules.ts.

import { checkMtuRange } from '../../rules/mtu-range'
import { checkName, checkNameFree } from '../../rules/names'
import { namesOf, refuse } from '../../rules/removal-rules'
import type { Topology } from '../../topology'
import { conflict, invalid, type Violation } from '../../violation'
import { labelUplink } from '../nested-uplink/nested-uplink-label'
import { MAX_VLAN_ID, MIN_VLAN_ID } from '../network/segment-rules'
import type { PhysicalNetwork, VlanRange } from './physical-network'
import { checkCarrier } from './wire-rules'

/** Neutron's limit, shorter than that of other names. */
const MAX_PHYSICAL_NETWORK_NAME = 64

export function checkPhysicalNetwork(topology: Topology, physicalNetwork: PhysicalNetwork): Violation[] {
  return [
    ...checkPhysicalNetworkName(physicalNetwork.name),
    ...checkNameFree('physicalNetwork', topology.physicalNetworks, physicalNetwork),
    ...checkMtuRange(physicalNetwork.mtu),
    ...checkVlanRanges(physicalNetwork.vlanRanges),
    ...checkCarriesItsNetworks(topology, physicalNetwork),
    ...checkCarrier(topology, physicalNetwork),
  ]
}

export const checkPhysicalNetworkName = (name: string): Violation[] => checkName(name, { maxLength: MAX_PHYSICAL_NETWORK_NAME })

export function checkVlanRanges(vlanRanges: readonly VlanRange[]): Violation[] {
  return vlanRanges.flatMap(({ min, max }, index) => {
    const field = `vlanRanges.${index}`
    if (![min, max].every((id) => Number.isInteger(id) && id >= MIN_VLAN_ID && id <= MAX_VLAN_ID)) {
      return [invalid('vlan-range', field, { least: MIN_VLAN_ID, most: MAX_VLAN_ID })]
    }
    if (min > max) return [invalid('vlan-range-order', field, { range: { min, max } })]
    const earlier = vlanRanges.slice(0, index).find((other) => other.min <= max && min <= other.max)
    if (!earlier) return []
    return [invalid('vlan-range-overlap', field, { earlier, range: { min, max } })]
  })
}

function checkCarriesItsNetworks({ networks }: Topology, { id, mtu }: PhysicalNetwork): Violation[] {
  const tooLarge = networks.filter((network) => network.physicalNetworkId === id && network.mtu > mtu)
  if (tooLarge.length === 0) return []
  const names = tooLarge.map((network) => network.name)
  return [conflict('mtu-carries-networks', 'mtu', { mtu, networks: names }, names)]
}

export function checkPhysicalNetworkRemoval(topology: Topology, { id, name: physicalNetwork }: PhysicalNetwork): Violation[] {
  const { networks, hosts, physicalNetworks, nestedUplinks } = topology
  const users = namesOf(networks.filter((network) => network.physicalNetworkId === id))
  const uplinks = nestedUplinks.filter((uplink) => uplink.physicalNetworkId === id).map((uplink) => labelUplink(topology, uplink))
  const carried = [...namesOf(physicalNetworks.filter((other) => other.carrierId === id)), ...uplinks]
  const mapped = namesOf(hosts.filter((host) => host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === id)))
  return [
    ...refuse('physical-network-unused', users, { physicalNetwork, users }),
    ...refuse('physical-network-carries', carried, { physicalNetwork, users: carried }),
    ...refuse('physical-network-unmapped', mapped, { physicalNetwork, users: mapped }),
  ]
}
