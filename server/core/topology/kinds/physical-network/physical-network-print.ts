// The fields of a physical network as people read them.

import { list, nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import type { PhysicalNetwork } from './physical-network'

export function printPhysicalNetwork({ name, mtu, vlanRanges, carrierId, macBase }: PhysicalNetwork, names: Topology): PrintedFields {
  return {
    name,
    MTU: String(mtu),
    'VLAN ranges': list(vlanRanges.map(({ min, max }) => `${min}–${max}`)),
    ...(carrierId !== undefined && { 'on the wire of': nameOf(names.physicalNetworks, carrierId) }),
    ...(macBase !== undefined && { 'MAC base': macBase }),
  }
}
