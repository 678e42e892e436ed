// What people call a port: a name made of the names of others. It stays a text, for it is used as names are: sorted, searched, compared, and
// stored with plans and verifications.

import { findById } from '../../find'
import { subPortOf, vmOfPort } from '../../lookup'
import { isRouterPort } from '../../router-ports'
import type { Topology } from '../../topology'
import type { Host } from '../host/host'
import type { Vm } from '../vm/vm'
import type { Port } from './port'

/** What people call a port: its VM and NIC (eth0, or eth0.101 for a subport), its name, or its address. */
export function labelPort(topology: Topology, port: Port): string {
  const { vms, networks } = topology
  const member = subPortOf(topology, port.id)
  const parentVm = member && vmOfPort(vms, member.trunk.portId)
  if (member && parentVm) return `${parentVm.name} eth${parentVm.portIds.indexOf(member.trunk.portId)}.${member.subPort.segmentationId}`
  const vm = vmOfPort(vms, port.id)
  if (vm) return `${vm.name} eth${vm.portIds.indexOf(port.id)}`
  if (port.deviceOwner === 'network:dhcp') return `DHCP of ${findById(networks, port.networkId)?.name ?? port.networkId}`
  return port.name || port.fixedIps[0]?.ipAddress || port.macAddress
}

/** The end of a path: its VM where that has one NIC; a DHCP server or a router with what it runs on. */
export function labelEnd(topology: Topology, port: Port, hosts: readonly Host[]): string {
  const where = hosts.length > 3 ? `${hosts.length} hosts` : hosts.map(({ name }) => name).join(', ')
  if (port.deviceOwner === 'network:dhcp') return `${labelPort(topology, port)} on ${where}`
  if (isRouterPort(port))
    return `${port.deviceOwner === 'network:router_gateway' ? 'gateway of ' : ''}router ${port.deviceId.slice(0, 8)} on ${where}`
  const vm = vmOfPort(topology.vms, port.id)
  return vm?.portIds.length === 1 ? vm.name : labelPort(topology, port)
}

/** NIC name in the guest: ports are plugged in order. */
export const guestNic = (vm: Vm | undefined, portId: string): string => `eth${Math.max(0, vm?.portIds.indexOf(portId) ?? 0)}`
