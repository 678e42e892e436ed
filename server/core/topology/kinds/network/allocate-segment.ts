// Segmentation ids for networks that name none: the lowest VLAN id free in the physical network's ranges, the lowest free VNI.

import { type Allocated, lowestFree } from '../../allocate/allocated'
import { findById } from '../../find'
import { MAX_VNI } from './segment-rules'
import type { Topology } from '../../topology'
import type { Network } from './network'
import { conflict } from '../../violation'

type Segment = Pick<Network, 'type' | 'physicalNetworkId'>

export function allocateSegmentationId(topology: Topology, segment: Segment): Allocated<number | null> {
  switch (segment.type) {
    case 'flat':
      return { ok: true, value: null }
    case 'vlan':
      return allocateVlanId(topology, segment.physicalNetworkId)
    case 'vxlan':
      return allocateVni(topology)
  }
}

function allocateVlanId(topology: Topology, physicalNetworkId: string | null): Allocated<number | null> {
  const physicalNetwork = findById(topology.physicalNetworks, physicalNetworkId)
  // Left to the segment rules, which name what is missing.
  if (!physicalNetwork) return { ok: true, value: null }
  const taken = takenIds(topology, 'vlan', physicalNetwork.id)
  const ranges = [...physicalNetwork.vlanRanges].sort((a, b) => a.min - b.min)
  for (const { min, max } of ranges) {
    const free = lowestFree(min, max, taken)
    if (free !== null) return { ok: true, value: free }
  }
  const { name } = physicalNetwork
  return {
    ok: false,
    violation: conflict('vlan-ids-exhausted', 'segmentationId', { physicalNetwork: name, hasRanges: ranges.length > 0 }, [name]),
  }
}

function allocateVni(topology: Topology): Allocated<number | null> {
  const free = lowestFree(1, MAX_VNI, takenIds(topology, 'vxlan', null))
  if (free !== null) return { ok: true, value: free }
  return { ok: false, violation: conflict('vnis-exhausted', 'segmentationId', {}, []) }
}

function takenIds({ networks }: Topology, type: Network['type'], physicalNetworkId: string | null): ReadonlySet<number> {
  const same = networks.filter((network) => network.type === type && network.physicalNetworkId === physicalNetworkId)
  return new Set(same.flatMap((network) => network.segmentationId ?? []))
}
