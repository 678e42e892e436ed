// A small cloud for tests: network node net1, compute hosts cmp1 and cmp2, one network of each type with DHCP, and a VM on
// each compute host per network. Ids are readable: the first 11 characters make the device names.

import type { AgentKind, DatapathType, Host } from '../topology/kinds/host/host'
import type { Network, NetworkType } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Subnet } from '../topology/kinds/subnet/subnet'
import type { Vm } from '../topology/kinds/vm/vm'
import { emptyTopology } from '../topology/complete-topology'
import type { Topology } from '../topology/topology'

const uuid = (prefix: string, number: number): string =>
  `${prefix}${String(number).padStart(8 - prefix.length, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`

export const ids = {
  project: uuid('aa', 1),
  physnet: uuid('bb', 1),
  host: (index: number) => uuid('cc', index),
  network: (index: number) => uuid('dd', index),
  subnet: (index: number) => uuid('ee', index),
  /** network index, host index: net1 is 1 (the DHCP port), cmp1 2, cmp2 3. */
  port: (network: number, host: number) => uuid('ff', network * 10 + host),
  vm: (network: number, host: number) => uuid('ab', network * 10 + host),
}

const hostNames = ['net1', 'cmp1', 'cmp2'] as const

function host(index: number, datapathType: DatapathType, agentKind: AgentKind): Host {
  return {
    id: ids.host(index),
    name: hostNames[index - 1]!,
    roles: index === 1 ? ['network'] : ['compute'],
    availabilityZone: 'nova',
    agentKind,
    datapathType,
    virtType: 'auto',
    isAgentAccepted: false,
    adoptedHostIds: [],
    hasKvm: false,
    isPrepared: true,
    isReadOnly: false,
    hasRestoreUnit: false,
    hasBridgeNetfilter: false,
    isSchedulable: true,
    tunnel: { address: `192.168.150.1${index}`, prefixLength: 24, nic: 'ens37' },
    bridgeMappings: [{ physicalNetworkId: ids.physnet, bridge: agentKind === 'openvswitch' ? 'br-ens38' : '', nic: 'ens38' }],
    dvrMac: `fa:16:3f:00:00:0${index}`,
  }
}

const types: readonly NetworkType[] = ['flat', 'vlan', 'vxlan']
const segmentations: Record<NetworkType, number | null> = { flat: null, vlan: 120, vxlan: 0x5e3 }

function network(index: number): Network {
  const type = types[index - 1]!
  return {
    id: ids.network(index),
    projectId: ids.project,
    name: type,
    type,
    physicalNetworkId: type === 'vxlan' ? null : ids.physnet,
    segmentationId: segmentations[type],
    mtu: type === 'vxlan' ? 1450 : 1500,
    isAdminStateUp: true,
  }
}

const subnet = (index: number): Subnet => ({
  id: ids.subnet(index),
  networkId: ids.network(index),
  name: `subnet-${index}`,
  cidr: `10.0.${index}.0/24`,
  gatewayIp: `10.0.${index}.1`,
  isDhcpEnabled: true,
  dnsNameservers: ['10.0.0.53'],
  allocationPools: [{ start: `10.0.${index}.2`, end: `10.0.${index}.254` }],
})

function port(networkIndex: number, hostIndex: number): Port {
  const isDhcp = hostIndex === 1
  return {
    id: ids.port(networkIndex, hostIndex),
    networkId: ids.network(networkIndex),
    name: isDhcp ? '' : 'eth0',
    macAddress: `fa:16:3e:00:0${networkIndex}:0${hostIndex}`,
    fixedIps: [{ subnetId: ids.subnet(networkIndex), ipAddress: `10.0.${networkIndex}.${hostIndex + 1}` }],
    hostId: ids.host(hostIndex),
    deviceOwner: isDhcp ? 'network:dhcp' : 'compute:nova',
    deviceId: isDhcp ? `dhcp-${ids.network(networkIndex)}` : ids.vm(networkIndex, hostIndex),
    isAdminStateUp: true,
    isPortSecurityEnabled: true,
  }
}

const vm = (networkIndex: number, hostIndex: number): Vm => ({
  id: ids.vm(networkIndex, hostIndex),
  projectId: ids.project,
  name: `${types[networkIndex - 1]}-${hostIndex - 1}`,
  hostId: ids.host(hostIndex),
  memoryMib: 128,
  vcpus: 1,
  virtType: 'qemu',
  boot: { kind: 'kernel', kernel: '/guest/vmlinuz', initrd: '/guest/initrd', cmdline: 'console=ttyS0' },
  portIds: [ids.port(networkIndex, hostIndex)],
})

export interface SampleOptions {
  readonly networks?: readonly number[]
  readonly datapathType?: DatapathType
  /** Indexes of hosts whose agent is Linux bridge; the others have Open vSwitch. */
  readonly linuxBridge?: readonly number[]
}

/** networks: 1 flat, 2 vlan, 3 vxlan; all three when left out. */
export function sampleTopology({ networks = [1, 2, 3], datapathType = 'netdev', linuxBridge = [] }: SampleOptions = {}): Topology {
  const hosts = [1, 2, 3].map((index) => host(index, datapathType, linuxBridge.includes(index) ? 'linuxbridge' : 'openvswitch'))
  return {
    ...emptyTopology,
    projects: [{ id: ids.project, name: 'demo' }],
    hosts,
    physicalNetworks: [{ id: ids.physnet, name: 'physnet1', mtu: 1500, vlanRanges: [{ min: 100, max: 199 }] }],
    networks: networks.map(network),
    subnets: networks.map(subnet),
    ports: networks.flatMap((index) => [1, 2, 3].map((hostIndex) => port(index, hostIndex))),
    vms: networks.flatMap((index) => [2, 3].map((hostIndex) => vm(index, hostIndex))),
    // Different on every host, as in a real cloud.
    localVlans: hosts.flatMap((entry, hostIndex) =>
      entry.agentKind === 'linuxbridge'
        ? []
        : networks.map((index) => ({ hostId: entry.id, networkId: ids.network(index), vlan: index + hostIndex * 10 })),
    ),
  }
}
