// What people call a port: a name made of the names of others. It stays a text, for it is used as names are: sorted, searched, compared, and
// stored with plans and verifications.

import { findById } from '../../find'
import { isAgentGateway, isFloatingIpPort } from '../../floating-ips'
import { isMemberPort } from '../../gateway-clusters'
import { subPortOf, vmOfPort } from '../../lookup'
import { isCentralPort, isGatewayPort, isRouterPort, isSelectorPort } from '../../router-ports'
import type { Topology } from '../../topology'
import type { Host } from '../host/host'
import type { Vm } from '../vm/vm'
import type { Router } from '../router/router'
import type { Port } from './port'

/** What people call a port: its VM and NIC (eth0, or eth0.101 for a subport), its name, or its address. */
export function labelPort(topology: Topology, port: Port): string {
  const { vms } = topology
  const member = subPortOf(topology, port.id)
  const parentVm = member && vmOfPort(vms, member.trunk.portId)
  if (member && parentVm) return `${parentVm.name} eth${parentVm.portIds.indexOf(member.trunk.portId)}.${member.subPort.segmentationId}`
  const vm = vmOfPort(vms, port.id)
  if (vm) return `${vm.name} eth${vm.portIds.indexOf(port.id)}`
  return labelServicePort(topology, port) ?? (port.name || port.fixedIps[0]?.ipAddress || port.macAddress)
}

/** Of a DHCP server, a router or floating IPs of the design. */
function labelServicePort(topology: Topology, port: Port): string | null {
  const network = findById(topology.networks, port.networkId)?.name ?? port.networkId
  if (port.deviceOwner === 'network:dhcp') return `DHCP of ${network}`
  if (isFloatingIpPort(port)) return `floating IP ${port.fixedIps[0]?.ipAddress ?? ''}`
  if (isAgentGateway(port)) return `floating IPs on ${findById(topology.hosts, port.hostId)?.name ?? port.hostId} in ${network}`
  if (isMemberPort(port)) return labelMember(topology, port)
  const router = routerOf(topology, port)
  return router && labelRouterPort(router, port, network)
}

function labelMember({ gatewayClusters, hosts }: Topology, { deviceId, hostId }: Port): string {
  return `gateway ${findById(hosts, hostId)?.name ?? hostId} of ${findById(gatewayClusters, deviceId)?.name ?? deviceId}`
}

function labelRouterPort(router: Router, port: Port, network: string): string {
  if (isSelectorPort(port)) return `sgr of router ${router.name} in ${network}`
  if (isCentralPort(port)) return `SNAT of router ${router.name} in ${network}`
  return isGatewayPort(port) ? `gateway of router ${router.name}` : `router ${router.name} in ${network}`
}

/** null: none, or somebody else's. */
const routerOf = ({ routers }: Topology, port: Port): Router | null => (isRouterPort(port) ? findById(routers, port.deviceId) : null)

/** The end of a path: its VM where that has one NIC; a DHCP server or a router with what it runs on. */
export function labelEnd(topology: Topology, port: Port, hosts: readonly Host[]): string {
  const where = hosts.length > 3 ? `${hosts.length} hosts` : hosts.map(({ name }) => name).join(', ')
  if (port.deviceOwner === 'network:dhcp' || routerOf(topology, port)) return `${labelPort(topology, port)} on ${where}`
  if (isRouterPort(port)) return `${isGatewayPort(port) ? 'gateway of ' : ''}router ${port.deviceId.slice(0, 8)} on ${where}`
  const vm = vmOfPort(topology.vms, port.id)
  return vm?.portIds.length === 1 ? vm.name : labelPort(topology, port)
}

/** NIC name in the guest: ports are plugged in order. */
export const guestNic = (vm: Vm | undefined, portId: string): string => `eth${Math.max(0, vm?.portIds.indexOf(portId) ?? 0)}`
