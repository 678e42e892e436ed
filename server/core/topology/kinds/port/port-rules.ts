// Rules of ports (docs/reference/design-rules.md): MAC and addresses unique and sensible, binding to a host that carries the network.

import { findById, isOther } from '../../find'
import { floatingIpsTo, isFloatingPort } from '../../floating-ips'
import { isMemberPort, recordsIn } from '../../gateway-clusters'
import { portsWithAddress, portsWithMac, subPortOf, trunkOfParent, vmOfPort } from '../../lookup'
import { forwardingsTo } from '../../port-forwardings'
import { isCentralPort, isGatewayPort, isRouterPort, isSelectorPort } from '../../router-ports'
import { labelFloatingIp } from '../floating-ip/floating-ip-label'
import { labelForwarding } from '../port-forwarding/port-forwarding-label'
import { labelTrunk } from '../trunk/trunk-label'
import { labelPort } from './port-label'
import { isInCidr, isUsable, parseCidr, parseIpv4 } from '../../ipv4'
import type { Topology } from '../../topology'
import type { Subnet } from '../subnet/subnet'
import type { Port } from './port'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkFilter } from './port-filter-rules'
import { checkMacForm } from './port-mac-rules'
import { checkBinding } from '../../rules/binding-rules'
import { checkOptionalName } from '../../rules/names'
import type { Trunk } from '../trunk/trunk'
import type { PortRules } from './port-violations'

type FixedIp = Port['fixedIps'][number]

export function checkPort(topology: Topology, port: Port): Violation[] {
  return [
    ...checkOptionalName(port.name),
    ...(findById(topology.networks, port.networkId) ? [] : [missing('network', 'networkId')]),
    ...checkMac(topology, port),
    ...port.fixedIps.flatMap((fixedIp, index) => checkFixedIp(topology, port, fixedIp, index)),
    ...checkFilter(topology, port),
    ...checkBinding(topology, port.networkId, port.hostId),
    ...checkFollowsVm(topology, port),
    ...checkFollowsTrunk(topology, port),
    ...checkCarriesSubPorts(topology, port),
    ...checkKeepsAddresses(topology, port),
  ]
}

function checkMac(topology: Topology, port: Port): Violation[] {
  const mac = port.macAddress
  const unusable = checkMacForm(mac, 'macAddress')
  if (unusable.length > 0) return unusable
  const taken = portsWithMac(topology.ports, port.networkId, mac).find(isOther(port))
  if (!taken) return []
  const label = labelPort(topology, taken)
  return [conflict('mac-unique', 'macAddress', { mac, port: label }, [label])]
}

function checkFixedIp(topology: Topology, port: Port, fixedIp: FixedIp, index: number): Violation[] {
  const field = `fixedIps.${index}`
  const subnet = findById(topology.subnets, fixedIp.subnetId)
  if (!subnet) return [missing('subnet', `${field}.subnetId`)]
  if (subnet.networkId !== port.networkId) {
    return [invalid('subnet-of-network', `${field}.subnetId`, { subnet: subnet.name })]
  }
  const addressField = `${field}.ipAddress`
  const unusable = checkAddress(subnet, fixedIp.ipAddress, addressField)
  return unusable.length > 0 ? unusable : checkAddressFree(topology, port, fixedIp, index, addressField)
}

function checkAddress(subnet: Subnet, ipAddress: string, field: string): Violation[] {
  const [address, cidr] = [parseIpv4(ipAddress), parseCidr(subnet.cidr)]
  if (address === null) return [invalid('address-form', field, { of: 'port' })]
  if (!cidr || !isInCidr(cidr, address)) {
    return [invalid('address-in-subnet', field, { address: ipAddress, cidr: subnet.cidr, subnet: subnet.name })]
  }
  if (isUsable(cidr, address)) return []
  return [invalid('address-usable', field, { address: ipAddress, cidr: subnet.cidr })]
}

function checkAddressFree(topology: Topology, port: Port, fixedIp: FixedIp, index: number, field: string): Violation[] {
  const isSame = (other: FixedIp) => other.subnetId === fixedIp.subnetId && other.ipAddress === fixedIp.ipAddress
  if (port.fixedIps.slice(0, index).some(isSame)) return [invalid('address-listed-once', field, { address: fixedIp.ipAddress })]
  const taken = portsWithAddress(topology.ports, fixedIp).find(isOther(port))
  if (!taken) return checkAbroad(topology, port.networkId, fixedIp.ipAddress, field)
  const label = labelPort(topology, taken)
  return [conflict('address-unique', field, { address: fixedIp.ipAddress, port: label }, [label])]
}

/** What another cloud has of the external network is announced for it. */
export function checkAbroad(topology: Topology, networkId: string, address: string, field: string): Violation[] {
  const record = recordsIn(topology, networkId).find(({ floatingIp }) => floatingIp === address)
  return record ? [conflict('address-abroad', field, { address, cloud: record.cloudId }, [record.cloudId])] : []
}

function checkFollowsVm({ vms }: Topology, port: Port): Violation[] {
  const vm = vmOfPort(vms, port.id)
  if (!vm || vm.hostId === port.hostId) return []
  return [conflict('port-follows-vm', 'hostId', { vm: vm.name }, [vm.name])]
}

function checkFollowsTrunk(topology: Topology, port: Port): Violation[] {
  const member = subPortOf(topology, port.id)
  const before = findById(topology.ports, port.id)
  if (!member || !before || before.hostId === port.hostId) return []
  const name = labelTrunk(topology, member.trunk)
  return [conflict('port-follows-trunk', 'hostId', { trunk: name }, [name])]
}

/** Where the parent goes, the networks of its subports must be carried too. */
function checkCarriesSubPorts(topology: Topology, port: Port): Violation[] {
  const trunk = trunkOfParent(topology.trunks, port.id)
  const networkIds = new Set(trunk?.subPorts.flatMap(({ portId }) => findById(topology.ports, portId)?.networkId ?? []))
  networkIds.delete(port.networkId)
  return [...networkIds].flatMap((networkId) => checkBinding(topology, networkId, port.hostId))
}

/** A floating IP keeps the address that it leads to, as in Neutron; so does one of its ports, where Neutron takes that away unasked. */
function checkKeepsAddresses(topology: Topology, port: Port): Violation[] {
  const has = (address: string): boolean => port.fixedIps.some(({ ipAddress }) => ipAddress === address)
  const forwarded = forwardingsTo(topology.portForwardings, port.id).flatMap((each) => {
    const address = each.internalIpAddress
    const forwarding = labelForwarding(topology, each)
    return has(address) ? [] : [conflict('address-port-forwarding', 'fixedIps', { address, forwarding }, [forwarding])]
  })
  const floating = floatingIpsTo(topology.floatingIps, port.id).flatMap((each) => {
    const address = each.fixedIpAddress
    if (address === null || has(address)) return []
    const floatingIp = labelFloatingIp(topology, each)
    return [conflict('address-floating-ip', 'fixedIps', { address, floatingIp }, [floatingIp])]
  })
  return [...floating, ...forwarded]
}

export function checkPortRemoval(topology: Topology, port: Port): Violation[] {
  const vm = vmOfPort(topology.vms, port.id)
  if (vm) return [conflict('port-of-vm', null, { vm: vm.name }, [vm.name])]
  const trunk = trunkOfParent(topology.trunks, port.id) ?? subPortOf(topology, port.id)?.trunk
  if (trunk) return [refuseTrunkPort(topology, port, trunk)]
  const automatic = checkNotAutomatic(topology, port)
  return automatic.length > 0 ? automatic : checkNoFloatingIp(topology, port, null)
}

export function checkNoFloatingIp(topology: Topology, port: Port, field: string | null): Violation[] {
  const floatingIps = floatingIpsTo(topology.floatingIps, port.id).map((each) => labelFloatingIp(topology, each))
  if (floatingIps.length === 0) return []
  const label = labelPort(topology, port)
  return [conflict('port-floating-ip', field, { port: label, floatingIps }, floatingIps)]
}

function refuseTrunkPort(topology: Topology, port: Port, trunk: Trunk): Violation {
  const name = labelTrunk(topology, trunk)
  return conflict('port-of-trunk', null, { trunk: name, isParent: trunk.portId === port.id }, [name])
}

/** DHCP ports follow the subnets' DHCP switch and the network hosts, a router's ports the router, and floating IPs have theirs; nobody edits them. */
export function checkNotAutomatic(topology: Topology, port: Port): Violation[] {
  if (isRouterPort(port)) {
    const router = findById(topology.routers, port.deviceId)?.name ?? port.deviceId
    return [conflict('port-of-router', null, { router, with: partOf(port) }, [router])]
  }
  if (isMemberPort(port)) {
    const cluster = findById(topology.gatewayClusters, port.deviceId)?.name ?? port.deviceId
    return [conflict('port-of-gateway', null, { cluster }, [cluster])]
  }
  if (isFloatingPort(port)) return [conflict('port-of-floating-ips', null, {}, [labelPort(topology, port)])]
  if (port.deviceOwner !== 'network:dhcp') return []
  return [conflict('port-automatic', null, {}, [labelPort(topology, port)])]
}

function partOf(port: Port): PortRules['port-of-router']['with'] {
  if (isGatewayPort(port)) return 'gateway'
  if (isSelectorPort(port)) return 'cluster'
  return isCentralPort(port) ? 'snat' : 'interface'
}
