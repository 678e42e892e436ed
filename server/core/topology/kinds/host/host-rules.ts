// Rules of one host by itself and among the others: name, roles, tunnel address, provider bridges, DVR address.

import { traitsOf } from '../../../agents/agent-traits'
import { underlayBridgeName } from '../../../naming'
import { findById, othersThan } from '../../find'
import { isInCidr, isUnicast, isUsable, makeCidr, parseIpv4 } from '../../ipv4'
import type { Topology } from '../../topology'
import type { BridgeMapping, Host, Tunnel } from './host'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { BRIDGED_TUNNEL_NIC, checkNicName, checkProviderBridgeName, LABELLED_TUNNEL_NIC } from './device-rules'
import { checkName, checkNameFree } from '../../rules/names'
import { checkInnerWire } from '../physical-network/wire-rules'
import type { Vm } from '../vm/vm'

export function checkHost(topology: Topology, host: Host): Violation[] {
  return [
    ...checkName(host.name),
    ...checkNameFree('host', topology.hosts, host),
    ...checkZone(host.availabilityZone),
    ...checkRoles(host.roles),
    ...(host.tunnel ? checkTunnel(topology, host, host.tunnel) : []),
    ...host.bridgeMappings.flatMap((mapping, index) => checkMapping(topology, host, mapping, index)),
    ...checkDvrMac(topology, host),
    ...checkHostVm(topology, host),
  ]
}

export const checkZone = (zone: string): Violation[] => checkName(zone, { field: 'availabilityZone' })

export function checkRoles(roles: Host['roles']): Violation[] {
  if (roles.length === 0) return [invalid('role-required', 'roles', {})]
  if (new Set(roles).size !== roles.length) return [invalid('role-unique', 'roles', {})]
  return roles.includes('gateway') && roles.length > 1 ? [invalid('role-gateway-alone', 'roles', {})] : []
}

function checkTunnel(topology: Topology, host: Host, tunnel: Tunnel): Violation[] {
  return [
    ...checkTunnelAddress(tunnel),
    ...checkTunnelGateway(topology, tunnel),
    ...checkVtepFree(topology, host, tunnel),
    ...checkNicName(tunnel.nic, 'tunnel.nic', tunnelNicLimit(host)),
  ]
}

const tunnelNicLimit = (host: Host) => (traitsOf(host).hasUnderlayBridge(host) ? BRIDGED_TUNNEL_NIC : LABELLED_TUNNEL_NIC)

function checkTunnelAddress({ address, prefixLength }: Tunnel): Violation[] {
  if (!Number.isInteger(prefixLength) || prefixLength < 1 || prefixLength > 32) {
    return [invalid('prefix-length', 'tunnel.prefixLength', {})]
  }
  const value = parseIpv4(address)
  if (value === null) return [invalid('address-form', 'tunnel.address', { of: 'tunnel' })]
  if (isUnicast(value) && isUsable(makeCidr(value, prefixLength), value)) return []
  return [invalid('tunnel-address-usable', 'tunnel.address', { address, prefixLength })]
}

/** A neighbour in the underlay, that is none of the hosts. */
function checkTunnelGateway({ hosts }: Topology, { address, prefixLength, gatewayIp }: Tunnel): Violation[] {
  if (gatewayIp === undefined) return []
  const field = 'tunnel.gatewayIp'
  const [value, own] = [parseIpv4(gatewayIp), parseIpv4(address)]
  if (value === null) return [invalid('address-form', field, { of: 'tunnel-gateway' })]
  if (own === null) return []
  const cidr = makeCidr(own, prefixLength)
  if (gatewayIp === address || !isInCidr(cidr, value) || !isUsable(cidr, value))
    return [invalid('tunnel-gateway-neighbour', field, { gateway: gatewayIp, address, prefixLength })]
  const host = hosts.find(({ tunnel }) => tunnel?.address === gatewayIp)
  return host ? [conflict('vtep-unique', field, { address: gatewayIp, host: host.name }, [host.name])] : []
}

function checkVtepFree({ hosts }: Topology, host: Host, { address }: Tunnel): Violation[] {
  const taken = othersThan(hosts, host).find(({ tunnel }) => tunnel?.address === address || tunnel?.gatewayIp === address)
  if (!taken) return []
  if (taken.tunnel?.gatewayIp === address) return [conflict('vtep-gateway', 'tunnel.address', { address, host: taken.name }, [taken.name])]
  return [conflict('vtep-unique', 'tunnel.address', { address, host: taken.name }, [taken.name])]
}

function checkMapping(topology: Topology, host: Host, mapping: BridgeMapping, index: number): Violation[] {
  const field = `bridgeMappings.${index}`
  return [
    ...(findById(topology.physicalNetworks, mapping.physicalNetworkId) ? [] : [missing('physicalNetwork', `${field}.physicalNetworkId`)]),
    ...(traitsOf(host).hasProviderBridges ? checkProviderBridgeName(mapping.bridge, `${field}.bridge`) : []),
    ...checkNicName(mapping.nic, `${field}.nic`),
    ...checkApartFromTunnel(host, mapping, field),
    ...checkListedOnce(topology, host, mapping, index),
    ...checkInnerWire(topology, host, mapping, `${field}.physicalNetworkId`),
  ]
}

function checkApartFromTunnel(host: Host, { bridge, nic }: BridgeMapping, field: string): Violation[] {
  const { tunnel, bridgeMappings } = host
  if (bridge !== '' && (bridgeMappings.some((other) => other.nic === bridge) || tunnel?.nic === bridge))
    return [invalid('bridge-not-nic', `${field}.bridge`, { bridge })]
  if (nic === tunnel?.nic) return [invalid('nic-shared', `${field}.nic`, { nic })]
  if (!traitsOf(host).hasProviderBridges || !tunnel || bridge !== underlayBridgeName(tunnel.nic)) return []
  return [invalid('bridge-reserved', `${field}.bridge`, { bridge, by: 'tunnel', nic: tunnel.nic })]
}

function checkListedOnce(topology: Topology, host: Host, mapping: BridgeMapping, index: number): Violation[] {
  const earlier = host.bridgeMappings.slice(0, index)
  const physicalName = findById(topology.physicalNetworks, mapping.physicalNetworkId)?.name ?? mapping.physicalNetworkId
  const names = { ...mapping, physicalNetworkId: physicalName }
  const keys = traitsOf(host).hasProviderBridges
    ? (['physicalNetworkId', 'bridge', 'nic'] as const)
    : (['physicalNetworkId', 'nic'] as const)
  return keys
    .filter((key) => earlier.some((other) => other[key] === mapping[key]))
    .map((key) => invalid('mapping-unique', `bridgeMappings.${index}.${key}`, { what: key, name: names[key] }))
}

function checkDvrMac({ hosts }: Topology, host: Host): Violation[] {
  const taken = othersThan(hosts, host).find((other) => other.dvrMac === host.dvrMac)
  return taken ? [conflict('dvr-mac-unique', 'dvrMac', { mac: host.dvrMac, host: taken.name }, [taken.name])] : []
}

export function checkHostVm(topology: Topology, host: Host): Violation[] {
  if (host.vmId === undefined) return []
  const vm = findById(topology.vms, host.vmId)
  if (!vm) return [missing('vm', 'vmId')]
  const taken = othersThan(topology.hosts, host).find((other) => other.vmId === vm.id)
  if (taken) return [conflict('host-vm-unique', 'vmId', { vm: vm.name, host: taken.name }, [taken.name])]
  if (!runsInside(topology, vm, host)) return []
  return [conflict('host-inside-itself', 'vmId', { vm: vm.name, host: host.name }, [vm.name])]
}

function runsInside({ hosts, vms }: Topology, vm: Vm, host: Host): boolean {
  const seen = new Set<string>()
  for (let each: Vm | null = vm; each && !seen.has(each.id);) {
    seen.add(each.id)
    if (each.hostId === host.id) return true
    each = findById(vms, findById(hosts, each.hostId)?.vmId)
  }
  return false
}
