// The fields of an object as people read them: names for ids, words for flags, null for what is absent. What is not
// listed here is not a change anybody would call one.

import type { ObjectChange } from '../plan/plan'
import { findById, labelPort } from './find'
import type { Host, Network, PhysicalNetwork, Port, Project, Subnet, Topology, Vm } from './topology'

export type PrintedFields = Readonly<Record<string, string | null>>
type Kind = ObjectChange['kind']

/** {} for an id that the topology does not hold. */
export function describeFields(kind: Kind, topology: Topology, id: string): PrintedFields {
  return printers[kind](topology, id)
}

const printers: { readonly [K in Kind]: (topology: Topology, id: string) => PrintedFields } = {
  project: (topology, id) => printOf(findById(topology.projects, id), printProject),
  host: (topology, id) => printOf(findById(topology.hosts, id), (host) => printHost(topology, host)),
  physicalNetwork: (topology, id) => printOf(findById(topology.physicalNetworks, id), printPhysicalNetwork),
  network: (topology, id) => printOf(findById(topology.networks, id), (network) => printNetwork(topology, network)),
  subnet: (topology, id) => printOf(findById(topology.subnets, id), (subnet) => printSubnet(topology, subnet)),
  port: (topology, id) => printOf(findById(topology.ports, id), (port) => printPort(topology, port)),
  vm: (topology, id) => printOf(findById(topology.vms, id), (vm) => printVm(topology, vm)),
}

const printOf = <Item>(item: Item | null, print: (item: Item) => PrintedFields): PrintedFields => (item ? print(item) : {})

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
const list = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '))
const nameOf = (items: readonly { readonly id: string; readonly name: string }[], id: string | null): string | null =>
  id === null ? null : (findById(items, id)?.name ?? id)

const printProject = (project: Project): PrintedFields => ({ name: project.name })

function printHost(topology: Topology, host: Host): PrintedFields {
  return {
    name: host.name,
    prepared: yesNo(host.isPrepared),
    'read-only': yesNo(host.isReadOnly),
    roles: list(host.roles),
    'availability zone': host.availabilityZone,
    agent: host.agentKind,
    datapath: host.datapathType,
    tunnel: host.tunnel && `${host.tunnel.address}/${host.tunnel.prefixLength} on ${host.tunnel.nic}`,
    'bridge mappings': list(host.bridgeMappings.map(({ physicalNetworkId, bridge, nic }) => `${nameOf(topology.physicalNetworks, physicalNetworkId)}: ${bridge} with ${nic}`)),
    'DVR MAC': host.dvrMac,
  }
}

const printPhysicalNetwork = ({ name, mtu, vlanRanges }: PhysicalNetwork): PrintedFields => ({
  name,
  MTU: String(mtu),
  'VLAN ranges': list(vlanRanges.map(({ min, max }) => `${min}–${max}`)),
})

function printNetwork(topology: Topology, network: Network): PrintedFields {
  const idName = network.type === 'vxlan' ? 'VNI' : 'VLAN'
  return {
    name: network.name,
    project: nameOf(topology.projects, network.projectId),
    type: network.type,
    'physical network': nameOf(topology.physicalNetworks, network.physicalNetworkId),
    ...(network.segmentationId !== null && { [idName]: String(network.segmentationId) }),
    MTU: String(network.mtu),
    'admin state': network.isAdminStateUp ? 'up' : 'down',
  }
}

function printSubnet(topology: Topology, subnet: Subnet): PrintedFields {
  return {
    name: subnet.name,
    network: nameOf(topology.networks, subnet.networkId),
    CIDR: subnet.cidr,
    gateway: subnet.gatewayIp,
    DHCP: yesNo(subnet.isDhcpEnabled),
    'name servers': list(subnet.dnsNameservers),
    pools: list(subnet.allocationPools.map(({ start, end }) => `${start}–${end}`)),
  }
}

function printPort(topology: Topology, port: Port): PrintedFields {
  return {
    name: port.name === '' ? null : port.name,
    network: nameOf(topology.networks, port.networkId),
    MAC: port.macAddress,
    addresses: list(port.fixedIps.map((fixedIp) => fixedIp.ipAddress)),
    host: nameOf(topology.hosts, port.hostId),
    owner: port.deviceOwner === '' ? null : port.deviceOwner,
    device: port.deviceOwner === 'compute:nova' ? nameOf(topology.vms, port.deviceId) : port.deviceId || null,
    'admin state': port.isAdminStateUp ? 'up' : 'down',
    'port security': yesNo(port.isPortSecurityEnabled),
  }
}

function printVm(topology: Topology, vm: Vm): PrintedFields {
  const boot = vm.boot.kind === 'disk' ? `${vm.boot.path} (${vm.boot.format})` : [vm.boot.kernel, vm.boot.initrd, vm.boot.cmdline].join(' ')
  const ports = vm.portIds.flatMap((portId) => findById(topology.ports, portId) ?? [])
  return {
    name: vm.name,
    project: nameOf(topology.projects, vm.projectId),
    host: nameOf(topology.hosts, vm.hostId),
    memory: `${vm.memoryMib} MiB`,
    vCPUs: String(vm.vcpus),
    boot,
    NICs: list(ports.map((port) => labelPort(topology, port))),
  }
}
