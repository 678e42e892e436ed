// How many objects of each kind a topology holds.

import type { ObjectCounts } from '../api-types'
import type { Topology } from './topology'

export function countObjects(topology: Topology): ObjectCounts {
  return {
    project: topology.projects.length,
    host: topology.hosts.length,
    physicalNetwork: topology.physicalNetworks.length,
    network: topology.networks.length,
    subnet: topology.subnets.length,
    port: topology.ports.length,
    vm: topology.vms.length,
    trunk: topology.trunks.length,
    nestedUplink: topology.nestedUplinks.length,
  }
}
