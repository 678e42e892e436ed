// What people call a nested uplink. A text, as the label of a trunk is.

import { findById } from '../../find'
import type { Topology } from '../../topology'
import type { NestedUplink } from './nested-uplink'

/** What people call a nested uplink, which has no name of its own. */
export function labelUplink({ vms, physicalNetworks }: Topology, uplink: NestedUplink): string {
  const [vm, physicalNetwork] = [findById(vms, uplink.vmId), findById(physicalNetworks, uplink.physicalNetworkId)]
  return `nested uplink of ${vm?.name ?? uplink.vmId} to ${physicalNetwork?.name ?? uplink.physicalNetworkId}`
}
