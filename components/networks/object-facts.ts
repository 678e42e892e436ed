// What the inspector says about an object of the design, per kind. Pure.

import { segmentText, type DesignObject, type TopologyIndex } from '@/components/lib/topology-index'
import type { KeyValueItem } from '@/components/ui/KeyValue'
import { dhcpNamespace, qbrName, qvbName, qvoName, spiName, sptName, tapName, tpiName, tptName, trunkBridgeName } from '@/server/core/naming'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { formatVlanRanges } from './vlan-ranges'

const mono = (label: string, value: string | null): KeyValueItem => ({ label, value, isMono: true })
const upDown = (isUp: boolean): string => (isUp ? 'up' : 'down')

export function objectFacts(index: TopologyIndex, object: DesignObject): KeyValueItem[] {
  switch (object.kind) {
    case 'project':
      return [mono('UUID', object.project.id)]
    case 'physicalNetwork':
      return physicalNetworkFacts(index, object.physicalNetwork)
    case 'network':
      return networkFacts(index, object.network)
    case 'subnet':
      return subnetFacts(object.subnet)
    case 'port':
      return portFacts(index, object.port)
    case 'vm':
      return vmFacts(object.vm)
    case 'trunk':
      return trunkFacts(object.trunk)
  }
}

/** Names that the object has, or will have, on a host. */
export function deviceNames(index: TopologyIndex, object: DesignObject): KeyValueItem[] {
  switch (object.kind) {
    case 'network':
      return [mono('DHCP namespace', dhcpNamespace(object.network.id))]
    case 'trunk':
      return [mono('Trunk bridge', trunkBridgeName(object.trunk.id))]
    case 'port':
      return object.port.hostId === null ? [] : portDevices(index, object.port)
    default:
      return []
  }
}

/** A subport's frames cross the parent's devices; its own are a patch pair. */
function portDevices(index: TopologyIndex, { id, deviceOwner }: Port): KeyValueItem[] {
  if (deviceOwner === 'network:dhcp') return [mono('tap', tapName(id))]
  if (index.memberOf(id)) return [mono('spt', sptName(id)), mono('spi', spiName(id))]
  const plug = [mono('tap', tapName(id)), mono('qbr', qbrName(id)), mono('qvb', qvbName(id)), mono('qvo', qvoName(id))]
  const trunk = index.trunkOf(id)
  return trunk ? [...plug, mono('tbr', trunkBridgeName(trunk.id)), mono('tpt', tptName(id)), mono('tpi', tpiName(id))] : plug
}

const physicalNetworkFacts = (index: TopologyIndex, { id, mtu, vlanRanges, carrierId, macBase }: PhysicalNetwork): KeyValueItem[] => [
  mono('UUID', id),
  { label: 'MTU', value: mtu },
  mono('VLAN ranges', formatVlanRanges(vlanRanges) || 'none'),
  ...(carrierId ? [{ label: 'On the wire of', value: index.physicalNetwork(carrierId)?.name ?? carrierId }] : []),
  ...(macBase ? [mono('MAC base', macBase)] : []),
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
  ...guestVlan(index, port),
  { label: 'Host', value: index.host(port.hostId)?.name ?? 'not bound' },
  { label: 'Admin state', value: upDown(port.isAdminStateUp) },
  { label: 'Port security', value: port.isPortSecurityEnabled ? 'on' : 'off' },
]

function guestVlan(index: TopologyIndex, port: Port): KeyValueItem[] {
  const member = index.memberOf(port.id)
  return member ? [{ label: 'Guest VLAN', value: member.subPort.segmentationId }] : []
}

export const trunkFacts = (trunk: Trunk): KeyValueItem[] => [
  mono('UUID', trunk.id),
  { label: 'Admin state', value: upDown(trunk.isAdminStateUp) },
  { label: 'Revision', value: trunk.revisionNumber },
]

const vmFacts = (vm: Vm): KeyValueItem[] => [
  mono('UUID', vm.id),
  { label: 'Memory', value: `${vm.memoryMib} MiB` },
  { label: 'vCPUs', value: vm.vcpus },
  { label: 'Virtualisation', value: vm.virtType === 'kvm' ? 'KVM' : 'QEMU, emulated' },
  ...(vm.boot.kind === 'disk'
    ? [mono('Disk', vm.boot.path), { label: 'Format', value: vm.boot.format }]
    : [mono('Kernel', vm.boot.kernel), mono('Initrd', vm.boot.initrd), mono('Command line', vm.boot.cmdline), ...(vm.boot.disk ? [mono('Disk', `${vm.boot.disk.path} (${vm.boot.disk.format}${vm.boot.disk.isReadOnly ? ', read-only' : ''})`)] : [])]),
]
