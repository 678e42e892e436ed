// The sample cloud with a cloud inside it (docs/reference/nested-uplinks.md): the VMs of its VLAN network, vlan-1 on cmp1 and vlan-2 on
// cmp2, have nested uplinks and are hosts in1 and in2 of an inner cloud with one VLAN network (id 1200) and a VM on each.

import type { Host } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import type { PhysicalNetwork } from '../topology/kinds/physical-network/physical-network'
import type { Port } from '../topology/kinds/port/port'
import type { Vm } from '../topology/kinds/vm/vm'
import type { Topology } from '../topology/topology'
import { ids, sampleTopology, type SampleOptions } from './sample-topology'

const innerPhysnet = 'bb000002-0000-4000-8000-000000000002'
const innerNetworkId = ids.network(4)
export const uplinkIds = ['ce000011-0000-4000-8000-000000000011', 'ce000012-0000-4000-8000-000000000012'] as const
export const innerHostIds = [ids.host(4), ids.host(5)] as const
export const innerPorts = [ids.port(4, 4), ids.port(4, 5)] as const
export const INNER_VLAN = 1200

const physicalNetwork: PhysicalNetwork = {
  id: innerPhysnet,
  name: 'inner',
  mtu: 1500,
  vlanRanges: [{ min: 1200, max: 1299 }],
  carrierId: ids.physnet,
  macBase: 'fa:16:40',
}

const host = (index: number): Host => ({
  id: innerHostIds[index]!,
  name: `in${index + 1}`,
  roles: ['compute'],
  availabilityZone: 'nova',
  agentKind: 'openvswitch',
  datapathType: 'system',
  virtType: 'auto',
  isAgentAccepted: false,
  adoptedHostIds: [],
  hasKvm: false,
  isPrepared: true,
  isReadOnly: false,
  hasRestoreUnit: false,
  hasBridgeNetfilter: false,
  isSchedulable: true,
  tunnel: null,
  bridgeMappings: [{ physicalNetworkId: innerPhysnet, bridge: 'br-eth1', nic: 'eth1' }],
  dvrMac: `fa:16:3f:00:01:0${index}`,
  vmId: ids.vm(2, index + 2),
})

const network: Network = {
  id: innerNetworkId,
  projectId: ids.project,
  name: 'inner-blue',
  type: 'vlan',
  physicalNetworkId: innerPhysnet,
  segmentationId: INNER_VLAN,
  mtu: 1500,
  isAdminStateUp: true,
}

const port = (index: number): Port => ({
  id: innerPorts[index]!,
  networkId: innerNetworkId,
  name: 'eth0',
  macAddress: `fa:16:40:00:00:0${index + 1}`,
  fixedIps: [{ subnetId: ids.subnet(4), ipAddress: `10.0.4.${index + 11}` }],
  hostId: innerHostIds[index]!,
  deviceOwner: 'compute:nova',
  deviceId: ids.vm(4, index + 4),
  isAdminStateUp: true,
  isPortSecurityEnabled: true,
})

const vm = (index: number): Vm => ({
  id: ids.vm(4, index + 4),
  projectId: ids.project,
  name: `inner-${index + 1}`,
  hostId: innerHostIds[index]!,
  memoryMib: 128,
  vcpus: 1,
  virtType: 'qemu',
  boot: { kind: 'kernel', kernel: '/guest/vmlinuz', initrd: '/guest/initrd', cmdline: 'console=ttyS0' },
  portIds: [innerPorts[index]!],
})

export function nestedTopology(options: SampleOptions = {}): Topology {
  const base = sampleTopology(options)
  return {
    ...base,
    hosts: [...base.hosts, host(0), host(1)],
    physicalNetworks: [...base.physicalNetworks, physicalNetwork],
    networks: [...base.networks, network],
    subnets: [
      ...base.subnets,
      {
        ...base.subnets[0]!,
        id: ids.subnet(4),
        networkId: innerNetworkId,
        name: 'inner',
        cidr: '10.0.4.0/24',
        gatewayIp: '10.0.4.1',
        isDhcpEnabled: false,
        allocationPools: [{ start: '10.0.4.2', end: '10.0.4.254' }],
      },
    ],
    ports: [...base.ports, port(0), port(1)],
    vms: [...base.vms, vm(0), vm(1)],
    nestedUplinks: [0, 1].map((index) => ({
      id: uplinkIds[index]!,
      vmId: ids.vm(2, index + 2),
      physicalNetworkId: ids.physnet,
      number: 1,
      macAddress: `fa:16:3d:00:00:0${index + 1}`,
    })),
    localVlans: [
      ...base.localVlans,
      ...[0, 1].map((index) => ({ hostId: innerHostIds[index]!, networkId: innerNetworkId, vlan: index + 1 })),
    ],
  }
}
