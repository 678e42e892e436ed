// What the inspector says about an object of the design, per kind. Pure.

import { segmentText, type ShownObject, type TopologyIndex } from '@/components/lib/topology-index'
import type { KeyValueItem } from '@/components/ui/KeyValue'
import { capitalise } from '@/server/core/explain/words'
import { dhcpNamespace, trunkBridgeName } from '@/server/core/naming'
import { printOf } from '@/server/core/topology/kinds/kinds'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { PhysicalNetwork } from '@/server/core/topology/kinds/physical-network/physical-network'
import type { AddressPair, Port } from '@/server/core/topology/kinds/port/port'
import { portDevices } from '@/server/core/topology/kinds/port/port-devices'
import { presenceOf } from '@/server/core/topology/presence'
import type { Subnet } from '@/server/core/topology/kinds/subnet/subnet'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

import { formatVlanRanges } from './vlan-ranges'

const mono = (label: string, value: string | null): KeyValueItem => ({ label, value, isMono: true })
const upDown = (isUp: boolean): string => (isUp ? 'up' : 'down')

export function objectFacts(index: TopologyIndex, object: ShownObject): KeyValueItem[] {
  switch (object.kind) {
    case 'project':
      return [mono('UUID', object.item.id)]
    case 'physicalNetwork':
      return physicalNetworkFacts(index, object.item)
    case 'network':
      return networkFacts(index, object.item)
    case 'subnet':
      return subnetFacts(object.item)
    case 'port':
      return portFacts(index, object.item)
    case 'vm':
      return vmFacts(object.item)
    case 'trunk':
      return trunkFacts(object.item)
    default:
      return [mono('UUID', object.item.id), ...printedFacts(index, object)]
  }
}

/** Of a kind that has nothing to say beyond its fields. What it is for stands apart (DescriptionSection.tsx). */
const printedFacts = (index: TopologyIndex, object: ShownObject): KeyValueItem[] =>
  Object.entries(printOf(index.topology, object)).flatMap(([label, value]) =>
    value === null || label === 'description' ? [] : [{ label: capitalise(label), value }],
  )

/** Names that the object has, or will have, on a host. */
export function deviceNames(index: TopologyIndex, object: ShownObject): KeyValueItem[] {
  switch (object.kind) {
    case 'network':
      return [mono('DHCP namespace', dhcpNamespace(object.item.id))]
    case 'trunk':
      return [mono('Trunk bridge', trunkBridgeName(object.item.id))]
    case 'port':
      return presenceOf(index.topology).hostsWith(object.item).length === 0 ? [] : portDevicesOf(index, object.item)
    default:
      return []
  }
}

const portDevicesOf = (index: TopologyIndex, port: Port): KeyValueItem[] =>
  Object.entries(portDevices(index.topology, port)).map(([label, name]) => mono(label, name))

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
  ...(network.isExternal ? [{ label: 'External', value: 'yes: routers may lead out by it' }] : []),
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
  { label: 'Host', value: hostText(index, port) },
  { label: 'Admin state', value: upDown(port.isAdminStateUp) },
  { label: 'Port security', value: port.isPortSecurityEnabled ? 'on' : 'off' },
  ...(port.allowedAddressPairs ?? []).map((pair) => mono('Also sends from', pairText(port, pair))),
]

/** That of a distributed router stands on many. */
const hostText = ({ topology }: TopologyIndex, port: Port): string =>
  presenceOf(topology)
    .hostsWith(port)
    .map(({ name }) => name)
    .join(', ') || 'not bound'

/** With its own MAC, the address says all. */
const pairText = ({ macAddress }: Port, pair: AddressPair): string =>
  pair.macAddress === macAddress ? pair.ipAddress : `${pair.ipAddress} ${pair.macAddress}`

function guestVlan(index: TopologyIndex, port: Port): KeyValueItem[] {
  const member = index.memberOf(port.id)
  return member ? [{ label: 'Guest VLAN', value: member.subPort.segmentationId }] : []
}

const trunkFacts = (trunk: Trunk): KeyValueItem[] => [
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
    : [
        mono('Kernel', vm.boot.kernel),
        mono('Initrd', vm.boot.initrd),
        mono('Command line', vm.boot.cmdline),
        ...(vm.boot.disk
          ? [mono('Disk', `${vm.boot.disk.path} (${vm.boot.disk.format}${vm.boot.disk.isReadOnly ? ', read-only' : ''})`)]
          : []),
      ]),
]
