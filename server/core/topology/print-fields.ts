// The fields of an object as people read them: names for ids, words for flags, null for what is absent. What is not
// listed here is not a change anybody would call one.

import { dataBridgeName, dataQvbName, dataQvoName } from '../naming'
import type { ObjectChange } from '../plan/change'
import { findById } from './find'
import { labelPort } from './labels'
import type { Host, Network, NestedUplink, PhysicalNetwork, Port, Project, Subnet, Topology, Trunk, Vm, VmDisk } from './topology'

export type PrintedFields = Readonly<Record<string, string | null>>
export type Kind = ObjectChange['kind']

export interface ObjectOf {
  readonly project: Project
  readonly host: Host
  readonly physicalNetwork: PhysicalNetwork
  readonly network: Network
  readonly subnet: Subnet
  readonly port: Port
  readonly vm: Vm
  readonly trunk: Trunk
  readonly nestedUplink: NestedUplink
}

/** `names` is where ids are looked up; it may hold more than the topology of the object. */
export const printers: { readonly [K in Kind]: (object: ObjectOf[K], names: Topology) => PrintedFields } = {
  project: ({ name }) => ({ name }),
  host: printHost,
  physicalNetwork: printPhysicalNetwork,
  network: printNetwork,
  subnet: printSubnet,
  port: printPort,
  vm: printVm,
  trunk: printTrunk,
  nestedUplink: printUplink,
}

const yesNo = (value: boolean): string => (value ? 'yes' : 'no')
const list = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '))
const nameOf = (items: readonly { readonly id: string; readonly name: string }[], id: string | null): string | null =>
  id === null ? null : (findById(items, id)?.name ?? id)

function printHost(host: Host, names: Topology): PrintedFields {
  return {
    name: host.name,
    prepared: yesNo(host.isPrepared),
    'read-only': yesNo(host.isReadOnly),
    'changed beside an agent': yesNo(host.isAgentAccepted),
    'adopted registrations': list(host.adoptedHostIds),
    'restore unit': yesNo(host.hasRestoreUnit),
    roles: list(host.roles),
    'availability zone': host.availabilityZone,
    agent: host.agentKind,
    datapath: host.datapathType,
    virtualisation: host.virtType,
    tunnel: host.tunnel && `${host.tunnel.address}/${host.tunnel.prefixLength} on ${host.tunnel.nic}`,
    'bridge mappings': list(host.bridgeMappings.map(({ physicalNetworkId, bridge, nic }) => `${nameOf(names.physicalNetworks, physicalNetworkId)}: ${bridge} with ${nic}`)),
    'DVR MAC': host.dvrMac,
    ...(host.vmId !== undefined && { 'is VM': nameOf(names.vms, host.vmId) }),
  }
}

function printPhysicalNetwork({ name, mtu, vlanRanges, carrierId, macBase }: PhysicalNetwork, names: Topology): PrintedFields {
  return {
    name,
    MTU: String(mtu),
    'VLAN ranges': list(vlanRanges.map(({ min, max }) => `${min}–${max}`)),
    ...(carrierId !== undefined && { 'on the wire of': nameOf(names.physicalNetworks, carrierId) }),
    ...(macBase !== undefined && { 'MAC base': macBase }),
  }
}

function printNetwork(network: Network, names: Topology): PrintedFields {
  const idName = network.type === 'vxlan' ? 'VNI' : 'VLAN'
  return {
    name: network.name,
    project: nameOf(names.projects, network.projectId),
    type: network.type,
    'physical network': nameOf(names.physicalNetworks, network.physicalNetworkId),
    ...(network.segmentationId !== null && { [idName]: String(network.segmentationId) }),
    MTU: String(network.mtu),
    'admin state': network.isAdminStateUp ? 'up' : 'down',
  }
}

function printSubnet(subnet: Subnet, names: Topology): PrintedFields {
  return {
    name: subnet.name,
    network: nameOf(names.networks, subnet.networkId),
    CIDR: subnet.cidr,
    gateway: subnet.gatewayIp,
    DHCP: yesNo(subnet.isDhcpEnabled),
    'name servers': list(subnet.dnsNameservers),
    pools: list(subnet.allocationPools.map(({ start, end }) => `${start}–${end}`)),
  }
}

function printPort(port: Port, names: Topology): PrintedFields {
  return {
    name: port.name === '' ? null : port.name,
    network: nameOf(names.networks, port.networkId),
    MAC: port.macAddress,
    addresses: list(port.fixedIps.map((fixedIp) => fixedIp.ipAddress)),
    host: nameOf(names.hosts, port.hostId),
    owner: port.deviceOwner === '' ? null : port.deviceOwner,
    device: port.deviceOwner === 'compute:nova' ? nameOf(names.vms, port.deviceId) : port.deviceId || null,
    'admin state': port.isAdminStateUp ? 'up' : 'down',
    'port security': yesNo(port.isPortSecurityEnabled),
  }
}

const printDisk = ({ path, format, isReadOnly }: VmDisk): string => `${path} (${format}${isReadOnly ? ', read-only' : ''})`

function printVm(vm: Vm, names: Topology): PrintedFields {
  const boot = vm.boot.kind === 'disk' ? `${vm.boot.path} (${vm.boot.format})` : [vm.boot.kernel, vm.boot.initrd, vm.boot.cmdline, ...(vm.boot.disk ? [printDisk(vm.boot.disk)] : [])].join(' ')
  const networkIds = vm.portIds.map((portId) => findById(names.ports, portId)?.networkId ?? null)
  return {
    name: vm.name,
    project: nameOf(names.projects, vm.projectId),
    host: nameOf(names.hosts, vm.hostId),
    memory: `${vm.memoryMib} MiB`,
    vCPUs: String(vm.vcpus),
    virtualisation: vm.virtType,
    boot,
    NICs: list(networkIds.map((networkId, index) => `eth${index}: ${nameOf(names.networks, networkId) ?? '?'}`)),
  }
}

/** One field per subport, so that moving one reads as one change. */
function printTrunk(trunk: Trunk, names: Topology): PrintedFields {
  const labelOf = (portId: string) => {
    const port = findById(names.ports, portId)
    return port ? labelPort({ ...names, trunks: [] }, port) : portId
  }
  const subPorts = trunk.subPorts.map(({ portId, segmentationId }) => {
    const port = findById(names.ports, portId)
    return [`VLAN ${segmentationId}`, `${nameOf(names.networks, port?.networkId ?? null) ?? '?'} (${labelOf(portId)})`] as const
  })
  return {
    name: trunk.name === '' ? null : trunk.name,
    project: nameOf(names.projects, trunk.projectId),
    parent: labelOf(trunk.portId),
    'admin state': trunk.isAdminStateUp ? 'up' : 'down',
    ...Object.fromEntries(subPorts),
  }
}

function printUplink(uplink: NestedUplink, names: Topology): PrintedFields {
  return {
    VM: nameOf(names.vms, uplink.vmId),
    'physical network': nameOf(names.physicalNetworks, uplink.physicalNetworkId),
    devices: [dataBridgeName(uplink.number), dataQvbName(uplink.number), dataQvoName(uplink.number)].join(', '),
    MAC: uplink.macAddress,
  }
}
