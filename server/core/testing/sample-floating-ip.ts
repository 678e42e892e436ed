// A distributed router with a floating IP for tests: the VXLAN network of the small cloud behind it, the flat one as its external network, and a floating
// IP of the VM on cmp1.

import type { FloatingIp } from '../topology/kinds/floating-ip/floating-ip'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import type { Topology } from '../topology/topology'
import { ids, sampleTopology } from './sample-topology'

export const routerId = 'ac000001-0000-4000-8000-000000000001'
export const external = ids.network(1)
const cmp1 = ids.host(2)

export const externalPort = (id: string, changes: Partial<Port>): Port => ({
  id: `${id}-0000-4000-8000-000000000001`,
  networkId: external,
  name: '',
  macAddress: 'fa:16:3e:aa:00:01',
  fixedIps: [],
  hostId: null,
  deviceOwner: '',
  deviceId: routerId,
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
  ...changes,
})
export const inExternal = (ipAddress: string) => [{ subnetId: ids.subnet(1), ipAddress }]
export const router: Router = {
  id: routerId,
  projectId: ids.project,
  name: 'r1',
  isAdminStateUp: true,
  isDistributed: true,
  floatingIpMode: 'dvr',
  hostId: null,
  gateway: { networkId: external, portId: externalPort('b1000001', {}).id, isSnatEnabled: false },
  routes: [],
  linkLocalPair: 3,
}
export const floatingIp: FloatingIp = {
  id: 'b0000001-0000-4000-8000-000000000001',
  projectId: ids.project,
  networkId: external,
  portId: externalPort('b2000001', {}).id,
  fixedPortId: ids.port(3, 2),
  fixedIpAddress: '10.0.3.3',
  routerId,
  rulePriority: 32_770,
}

export function floatingIpDesign(changes: Partial<Router> = {}): Topology {
  const topology = sampleTopology({ networks: [1, 3] })
  const now = { ...router, ...changes }
  const hostId = now.hostId
  const ports = [
    externalPort('b0000003', {
      networkId: ids.network(3),
      hostId,
      deviceOwner: now.isDistributed ? 'network:router_interface_distributed' : 'network:router_interface',
      fixedIps: [{ subnetId: ids.subnet(3), ipAddress: '10.0.3.1' }],
    }),
    externalPort('b1000001', { hostId, deviceOwner: 'network:router_gateway', fixedIps: inExternal('10.0.1.60') }),
    externalPort('b2000001', { deviceOwner: 'network:floatingip', deviceId: floatingIp.id, fixedIps: inExternal('10.0.1.50') }),
    ...(now.isDistributed
      ? [
          externalPort('b3000001', {
            hostId: cmp1,
            deviceOwner: 'network:floatingip_agent_gateway',
            deviceId: cmp1,
            fixedIps: inExternal('10.0.1.70'),
          }),
        ]
      : []),
  ]
  return { ...topology, ports: [...topology.ports, ...ports], routers: [now], floatingIps: [floatingIp] }
}
