// The segment of a network: which attributes its type requires, and that nobody else has it (docs/reference/design-rules.md).

import { findById, isOther } from '../../find'
import { lookupBy } from '../../lookup'
import type { Topology } from '../../topology'
import type { Network } from './network'
import { conflict, invalid, missing, type Violation } from '../../violation'

export const MIN_VLAN_ID = 1
export const MAX_VLAN_ID = 4094
export const MAX_VNI = 16_777_215

type Segment = Pick<Network, 'id' | 'type' | 'physicalNetworkId' | 'segmentationId'>

/** Equal exactly when two networks have the same segment. */
export function segmentKey({ type, physicalNetworkId, segmentationId }: Omit<Segment, 'id'>): string {
  return [type, ...(physicalNetworkId === null ? [] : [physicalNetworkId]), ...(segmentationId === null ? [] : [segmentationId])].join(':')
}

const networksBySegment = lookupBy<Network>((network, add) => add(segmentKey(network)))

export function checkSegment(topology: Topology, network: Segment): Violation[] {
  const shape = checkSegmentShape(topology, network)
  return shape.length > 0 ? shape : checkSegmentFree(topology, network)
}

export function checkSegmentShape(topology: Topology, { type, physicalNetworkId, segmentationId }: Segment): Violation[] {
  if (type === 'vxlan') return [...refusePhysicalNetwork(physicalNetworkId), ...checkVni(segmentationId)]
  const physical = checkPhysicalNetwork(topology, type, physicalNetworkId)
  return type === 'flat' ? [...physical, ...refuseFlatId(segmentationId)] : [...physical, ...checkVlanId(segmentationId)]
}

function checkPhysicalNetwork({ physicalNetworks }: Topology, type: Network['type'], id: string | null): Violation[] {
  if (id === null) return [invalid('physical-network-required', 'physicalNetworkId', { type })]
  return findById(physicalNetworks, id) ? [] : [missing('physicalNetwork', 'physicalNetworkId')]
}

const refusePhysicalNetwork = (id: string | null): Violation[] =>
  id === null ? [] : [invalid('physical-network-forbidden', 'physicalNetworkId', {})]

const refuseFlatId = (id: number | null): Violation[] => (id === null ? [] : [invalid('segmentation-id-forbidden', 'segmentationId', {})])

function checkVlanId(id: number | null): Violation[] {
  const isValid = id !== null && Number.isInteger(id) && id >= MIN_VLAN_ID && id <= MAX_VLAN_ID
  return isValid ? [] : [invalid('vlan-id-range', 'segmentationId', { least: MIN_VLAN_ID, most: MAX_VLAN_ID })]
}

function checkVni(id: number | null): Violation[] {
  const isValid = id !== null && Number.isInteger(id) && id >= 1 && id <= MAX_VNI
  return isValid ? [] : [invalid('vni-range', 'segmentationId', { most: MAX_VNI })]
}

function checkSegmentFree(topology: Topology, network: Segment): Violation[] {
  const taken = networksBySegment(topology.networks, segmentKey(network)).find(isOther(network))
  if (!taken) return []
  const physicalNetwork = findById(topology.physicalNetworks, network.physicalNetworkId)?.name ?? ''
  const objects = [taken.name]
  switch (network.type) {
    case 'flat':
      return [conflict('flat-unique', 'physicalNetworkId', { physicalNetwork, network: taken.name }, objects)]
    case 'vlan':
      return [conflict('vlan-id-unique', 'segmentationId', { vlan: network.segmentationId, physicalNetwork, network: taken.name }, objects)]
    case 'vxlan':
      return [conflict('vni-unique', 'segmentationId', { vni: network.segmentationId, network: taken.name }, objects)]
  }
}
