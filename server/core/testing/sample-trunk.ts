// The sample cloud with a trunk on cmp1: the NIC of VM vlan-1 is the parent, with subports in the VXLAN (guest VLAN 301) and
// in the flat network (guest VLAN 302).

import type { Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import { ids, sampleTopology, type SampleOptions } from './sample-topology'

export const trunkId = 'ce000001-0000-4000-8000-000000000001'
export const parentId = ids.port(2, 2)
export const redId = ids.port(3, 8)
export const blueId = ids.port(1, 8)

const subPort = (network: number, ipAddress: string): Port => ({
  id: ids.port(network, 8),
  networkId: ids.network(network),
  name: '',
  macAddress: `fa:16:3e:00:0${network}:08`,
  fixedIps: [{ subnetId: ids.subnet(network), ipAddress }],
  hostId: ids.host(2),
  deviceOwner: 'trunk:subport',
  deviceId: '',
  isAdminStateUp: true,
  isPortSecurityEnabled: true,
})

export const sampleTrunk: Trunk = {
  id: trunkId,
  projectId: ids.project,
  name: 'trunk',
  portId: parentId,
  subPorts: [
    { portId: redId, segmentationType: 'vlan', segmentationId: 301 },
    { portId: blueId, segmentationType: 'vlan', segmentationId: 302 },
  ],
  isAdminStateUp: true,
  revisionNumber: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
}

export function trunkTopology(options: Omit<SampleOptions, 'networks'> = {}): Topology {
  const base = sampleTopology(options)
  return { ...base, ports: [...base.ports, subPort(3, '10.0.3.8'), subPort(1, '10.0.1.8')], trunks: [sampleTrunk] }
}
