// What the inspector says about an object of the design, per kind. Pure.

import { segmentText, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'
import type { KeyValueItem } from '@/components/ui/KeyValue'
import { dhcpNamespace, qbrName, qvbName, qvoName, tapName } from '@/server/core/naming'
import type { Network, PhysicalNetwork, Port, Subnet, Vm } from '@/server/core/topology/topology'

import { formatVlanRanges } from './vlan-ranges'

const mono = (label: string, value: string | null): KeyValueItem => ({ label, value, isMono: true })
const upDown = (isUp: boolean): string => (isUp ? 'up' : 'down')

export function objectFacts(index: TopologyIndex, object: DesignObject): KeyValueItem[] {
  switch (object.kind) {
    case 'project':
      return [mono('UUID', object.project.id)]
    case 'physicalNetwork':
      return physicalNetworkFacts(object.physicalNetwork)
    case 'network':
      return networkFacts(index, object.network)
    case 'subnet':
      return subnetFacts(object.subnet)
    case 'port':
      return portFacts(index, object.port)
    case 'vm':
      return vmFacts(object.vm)
  }
}

/** Names that the object has, or will have, on a host. */
export function deviceNames(object: DesignObject): KeyValueItem[] {
  if (object.kind === 'network') return [mono('DHCP namespace', dhcpNamespace(object.network.id))]
  if (object.kind !== 'port' || object.port.hostId === null) return []
  const { id, deviceOwner } = object.port
  if (deviceOwner === 'network:dhcp') return [mono('tap', tapName(id))]
  return [mono('tap', tapName(id)), mono('qbr', qbrName(id)), mono('qvb', qvbName(id)), mono('qvo', qvoName(id))]
}

const physicalNetworkFacts = ({ id, mtu, vlanRanges }: PhysicalNetwork): KeyValueItem[] => [
  mono('UUID', id),
  { label: 'MTU', value: mtu },
  mono('VLAN ranges', formatVlanRanges(vlanRanges) || 'none'),
]

const networkFacts = (index: TopologyIndex, network: Network): KeyValueItem[] => [
  mono('UUID', network.id),
  { label: 'Type', value: network.type },
  { label: 'Segment', value: segmentText(index, network) },
  { label: 'MTU', value: network.mtu },
  { label: 'Admin state', value: upDown(network.isAdminStateUp) },
]

const subnetFacts = (subnet: Subnet): KeyValueItem[] => [
  mono('UUID', subnet.id),
  mono('CIDR', subnet.cidr),
  mono('Gateway', subnet.gatewayIp),
  { label: 'DHCP', value: subnet.isDhcpEnabled ? 'on' : 'off' },
  mono('DNS servers', subnet.dnsNameservers.join(' ')),
  ...subnet.allocationPools.map(({ start, end }) => mono('Pool', `${start}-${end}`)),
]

const portFacts = (index: TopologyIndex, port: Port): KeyValueItem[] => [
  mono('UUID', port.id),
  mono('MAC', port.macAddress),
  ...port.fixedIps.map(({ ipAddress }) => mono('Address', ipAddress)),
  { label: 'Host', value: index.host(port.hostId)?.name ?? 'not bound' },
  { label: 'Admin state', value: upDown(port.isAdminStateUp) },
  { label: 'Port security', value: port.isPortSecurityEnabled ? 'on' : 'off' },
]

const vmFacts = (vm: Vm): KeyValueItem[] => [
  mono('UUID', vm.id),
  { label: 'Memory', value: `${vm.memoryMib} MiB` },
  { label: 'vCPUs', value: vm.vcpus },
  { label: 'Virtualisation', value: vm.virtType === 'kvm' ? 'KVM' : 'QEMU, emulated' },
  ...(vm.boot.kind === 'disk'
    ? [mono('Disk', vm.boot.path), { label: 'Format', value: vm.boot.format }]
    : [mono('Kernel', vm.boot.kernel), mono('Initrd', vm.boot.initrd), mono('Command line', vm.boot.cmdline)]),
]
