// The fields of a network as people read them.

import { nameOf, type PrintedFields } from '../../print-values'
import type { Topology } from '../../topology'
import type { Network } from './network'

export function printNetwork(network: Network, names: Topology): PrintedFields {
  const idName = network.type === 'vxlan' ? 'VNI' : 'VLAN'
  return {
    name: network.name,
    project: nameOf(names.projects, network.projectId),
    type: network.type,
    'physical network': nameOf(names.physicalNetworks, network.physicalNetworkId),
    ...(network.segmentationId !== null && { [idName]: String(network.segmentationId) }),
    ...(network.isExternal && { external: 'yes' }),
    MTU: String(network.mtu),
    'admin state': network.isAdminStateUp ? 'up' : 'down',
  }
}
