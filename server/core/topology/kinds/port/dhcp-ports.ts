// One DHCP port per network that has DHCP on a subnet, with an address in each such subnet, bound to a network host that
// carries the network. It keeps its id, MAC and addresses for as long as the network has DHCP, also when no host serves it.

import type { IdSource } from '../../id-source'
import { canCarry } from '../../rules/binding-rules'
import type { Topology } from '../../topology'
import type { Host } from '../host/host'
import type { Network } from '../network/network'
import type { Port } from './port'
import { dhcpDeviceId, RESERVED_DHCP_PORT } from './dhcp-device'
import { allocateFixedIp } from '../subnet/fixed-ip'
import { allocatePortMac } from './port-mac'
import type { Allocated } from '../../allocate/allocated'

/** Ports of the whole topology, the DHCP ones brought up to date. */
export function assignDhcpPorts(topology: Topology, ids: IdSource): Allocated<readonly Port[]> {
  let current = topology
  for (const network of topology.networks) {
    const assigned = assignDhcpPort(current, network, ids)
    if (!assigned.ok) return assigned
    const others = current.ports.filter((port) => !isDhcpPortOf(port, network))
    current = { ...current, ports: assigned.value ? [...others, assigned.value] : others }
  }
  return { ok: true, value: current.ports.filter((port) => port.deviceOwner !== 'network:dhcp' || hasNetwork(topology, port)) }
}

const isDhcpPortOf = (port: Port, network: Network): boolean => port.deviceOwner === 'network:dhcp' && port.networkId === network.id
const hasNetwork = ({ networks }: Topology, port: Port): boolean => networks.some((network) => network.id === port.networkId)

function assignDhcpPort(topology: Topology, network: Network, ids: IdSource): Allocated<Port | null> {
  const served = topology.subnets.filter((subnet) => subnet.networkId === network.id && subnet.isDhcpEnabled)
  if (served.length === 0) return { ok: true, value: null }
  const existing = topology.ports.find((port) => isDhcpPortOf(port, network)) ?? null
  const fixedIps: Port['fixedIps'][number][] = []
  for (const subnet of served) {
    const kept = existing?.fixedIps.find((fixedIp) => fixedIp.subnetId === subnet.id)
    const allocated = kept ? { ok: true as const, value: kept } : allocateFixedIp(topology, subnet.id, fixedIps)
    if (!allocated.ok) return { ok: false, violation: { ...allocated.violation, field: 'isDhcpEnabled' } }
    fixedIps.push(allocated.value)
  }
  return { ok: true, value: { ...(existing ?? newPort(topology, network, ids)), fixedIps, ...bindDhcpPort(topology, network, existing) } }
}

function newPort(topology: Topology, network: Network, ids: IdSource): Omit<Port, 'fixedIps' | 'hostId' | 'deviceId'> {
  return {
    id: ids.uuid(),
    networkId: network.id,
    name: '', // as Neutron's; it is shown as "DHCP of <network>"
    macAddress: allocatePortMac(topology, network.id, ids),
    deviceOwner: 'network:dhcp',
    isAdminStateUp: true,
    // Neutron turns port security off for ports of its own services.
    isPortSecurityEnabled: false,
  }
}

function bindDhcpPort(topology: Topology, network: Network, existing: Port | null): Pick<Port, 'hostId' | 'deviceId'> {
  const host = chooseHost(topology, network, existing?.hostId ?? null)
  return host ? { hostId: host.id, deviceId: dhcpDeviceId(host.name, network.id) } : { hostId: null, deviceId: RESERVED_DHCP_PORT }
}

/** Stays where it is while that is possible; otherwise the network host that serves the fewest networks. */
function chooseHost(topology: Topology, network: Network, currentHostId: string | null): Host | null {
  const candidates = topology.hosts.filter((host) => host.roles.includes('network') && canCarry(topology, network, host))
  const load = (host: Host) => topology.ports.filter((port) => port.deviceOwner === 'network:dhcp' && port.hostId === host.id).length
  const byLoad = (a: Host, b: Host) => load(a) - load(b) || (a.name < b.name ? -1 : 1)
  return candidates.find((host) => host.id === currentHostId) ?? candidates.sort(byLoad)[0] ?? null
}
