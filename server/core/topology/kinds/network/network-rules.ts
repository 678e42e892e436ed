// Rules of projects, physical networks and networks.

import { findById, othersThan } from '../../find'
import { MAX_MTU, maxMtuOf, MIN_MTU } from '../../mtu'
import type { Network, PhysicalNetwork, Project, Topology } from '../../topology'
import type { RuleParams } from '../../rule-params'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkName } from '../../rules/names'
import { checkCarrier, checkNetworkWire } from '../physical-network/wire-rules'
import { checkSegment, MAX_VLAN_ID, MIN_VLAN_ID } from './segment-rules'

/** Neutron's limit, shorter than that of other names. */
export const MAX_PHYSICAL_NETWORK_NAME = 64

export function checkProject(topology: Topology, project: Project): Violation[] {
  return [...checkName(project.name), ...checkNameFree('project', topology.projects, project)]
}

export function checkPhysicalNetwork(topology: Topology, physicalNetwork: PhysicalNetwork): Violation[] {
  return [
    ...checkName(physicalNetwork.name, { maxLength: MAX_PHYSICAL_NETWORK_NAME }),
    ...checkNameFree('physicalNetwork', topology.physicalNetworks, physicalNetwork),
    ...checkMtuRange(physicalNetwork.mtu),
    ...checkVlanRanges(physicalNetwork),
    ...checkCarriesItsNetworks(topology, physicalNetwork),
    ...checkCarrier(topology, physicalNetwork),
  ]
}

export function checkNetwork(topology: Topology, network: Network): Violation[] {
  return [
    ...checkName(network.name),
    ...(findById(topology.projects, network.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkSegment(topology, network),
    ...checkNetworkMtu(topology, network),
    ...checkNetworkWire(topology, network),
  ]
}

interface Named {
  readonly id: string
  readonly name: string
}

export function checkNameFree(kind: RuleParams['name-unique']['kind'], items: readonly Named[], item: Named): Violation[] {
  const taken = othersThan(items, item).find((other) => other.name === item.name)
  if (!taken) return []
  return [conflict('name-unique', 'name', { kind, name: item.name }, [taken.name])]
}

function checkMtuRange(mtu: number): Violation[] {
  if (Number.isInteger(mtu) && mtu >= MIN_MTU && mtu <= MAX_MTU) return []
  return [invalid('mtu-range', 'mtu', { least: MIN_MTU, most: MAX_MTU })]
}

function checkNetworkMtu({ physicalNetworks }: Topology, network: Network): Violation[] {
  const range = checkMtuRange(network.mtu)
  const max = maxMtuOf(network.type, findById(physicalNetworks, network.physicalNetworkId))
  if (range.length > 0 || network.mtu <= max) return range
  return [invalid('mtu-maximum', 'mtu', { most: max, type: network.type })]
}

function checkVlanRanges({ vlanRanges }: PhysicalNetwork): Violation[] {
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
