// Every rule over every object: what must hold of any topology, however it came about. Used by tests and by whoever wants
// to be sure before acting; edits check only what they touch.

import type { Topology } from '../topology'
import { invalid, type Violation } from '../violation'
import { MAX_VLAN_ID, MIN_VLAN_ID } from '../kinds/network/segment-rules'
import { checkHost } from '../kinds/host/host-rules'
import { checkHostUse } from '../kinds/host/host-use-rules'
import { checkNetwork } from '../kinds/network/network-rules'
import { checkPhysicalNetwork } from '../kinds/physical-network/physical-network-rules'
import { checkProject } from '../kinds/project/project-rules'
import { checkPort } from '../kinds/port/port-rules'
import { checkSubnet } from '../kinds/subnet/subnet-rules'
import { checkTrunk } from '../kinds/trunk/trunk-rules'
import { checkUplink } from '../kinds/nested-uplink/nested-uplink-rules'
import { checkVm } from '../kinds/vm/vm-rules'

export function checkTopology(topology: Topology): Violation[] {
  return [
    ...topology.projects.flatMap((project) => checkProject(topology, project)),
    ...topology.hosts.flatMap((host) => [...checkHost(topology, host), ...checkHostUse(topology, host)]),
    ...topology.physicalNetworks.flatMap((physicalNetwork) => checkPhysicalNetwork(topology, physicalNetwork)),
    ...topology.networks.flatMap((network) => checkNetwork(topology, network)),
    ...topology.subnets.flatMap((subnet) => checkSubnet(topology, subnet)),
    ...topology.ports.flatMap((port) => checkPort(topology, port)),
    ...topology.vms.flatMap((vm) => checkVm(topology, vm)),
    ...topology.trunks.flatMap((trunk) => checkTrunk(topology, trunk)),
    ...topology.nestedUplinks.flatMap((uplink) => checkUplink(topology, uplink)),
    ...checkLocalVlans(topology),
  ]
}

function checkLocalVlans({ localVlans }: Topology): Violation[] {
  return localVlans.flatMap((local, index) => {
    const isInRange = local.vlan >= MIN_VLAN_ID && local.vlan <= MAX_VLAN_ID
    const isTaken = localVlans.slice(0, index).some((other) => other.hostId === local.hostId && other.vlan === local.vlan)
    if (isInRange && !isTaken) return []
    return [invalid('local-vlan', null, { vlan: local.vlan, isTaken })]
  })
}
