// One DHCP port per network that has DHCP on a subnet, with an address in each such subnet, bound to a network host that
// carries the network. It keeps its id, MAC and addresses for as long as the network has DHCP, also when no host serves it.

import { chooseNetworkHost, countLoads, type Loads } from '../../allocate/network-host'
import { findById } from '../../find'
import { dhcpPortsOf, subnetsOfNetwork } from '../../lookup'
import { oncePer } from '../../../once-per'
import type { IdSource } from '../../id-source'
import type { Topology } from '../../topology'
import type { Host } from '../host/host'
import type { Network } from '../network/network'
import type { Port } from './port'
import { dhcpDeviceId, RESERVED_DHCP_PORT } from './dhcp-device'
import { allocateFixedIp } from '../subnet/fixed-ip'
import { allocatePortMac } from './port-mac'
import type { Allocated } from '../../allocate/allocated'

/** With the DHCP ports brought up to date; the same topology where they were. */
export function settleDhcpPorts(topology: Topology, ids: IdSource): Allocated<Topology> {
  const loads = countLoads(topology.ports.filter(isDhcp).map(({ hostId }) => hostId))
  const gone = new Set(topology.ports.filter((port) => isDhcp(port) && !findById(topology.networks, port.networkId)))
  const made: Port[] = []
  for (const network of topology.networks) {
    const there = dhcpPortsOf(topology.ports, network.id)
    const assigned = assignDhcpPort(topology, network, there[0] ?? null, loads, ids)
    if (!assigned.ok) return assigned
    for (const port of there) {
      if (port === assigned.value) continue
      gone.add(port)
      loads.add(port.hostId, -1)
    }
    if (!assigned.value || assigned.value === there[0]) continue
    made.push(assigned.value)
    loads.add(assigned.value.hostId, 1)
  }
  if (gone.size + made.length === 0) return { ok: true, value: topology }
  return { ok: true, value: { ...topology, ports: [...topology.ports.filter((port) => !gone.has(port)), ...made] } }
}

const isDhcp = ({ deviceOwner }: Port): boolean => deviceOwner === 'network:dhcp'

function assignDhcpPort(topology: Topology, network: Network, existing: Port | null, loads: Loads, ids: IdSource): Allocated<Port | null> {
  const served = subnetsOfNetwork(topology.subnets, network.id).filter(({ isDhcpEnabled }) => isDhcpEnabled)
  if (served.length === 0) return { ok: true, value: null }
  const fixedIps: Port['fixedIps'][number][] = []
  for (const subnet of served) {
    const kept = existing?.fixedIps.find((fixedIp) => fixedIp.subnetId === subnet.id)
    const allocated = kept ? { ok: true as const, value: kept } : allocateFixedIp(topology, subnet.id, fixedIps)
    if (!allocated.ok) return { ok: false, violation: { ...allocated.violation, field: 'isDhcpEnabled' } }
    fixedIps.push(allocated.value)
  }
  const port = { ...(existing ?? newPort(topology, network, ids)), fixedIps, ...bindDhcpPort(topology, network, existing, loads) }
  return { ok: true, value: existing && isAsBefore(existing, port) ? existing : port }
}

const isAsBefore = (before: Port, { fixedIps, hostId, deviceId }: Port): boolean =>
  before.hostId === hostId &&
  before.deviceId === deviceId &&
  before.fixedIps.length === fixedIps.length &&
  fixedIps.every((fixedIp, index) => fixedIp === before.fixedIps[index])

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

function bindDhcpPort(topology: Topology, network: Network, existing: Port | null, loads: Loads): Pick<Port, 'hostId' | 'deviceId'> {
  const host = chooseNetworkHost(topology, [network], existing?.hostId ?? null, loads)
  return host ? { hostId: host.id, deviceId: deviceIdsOn(host)(network) } : { hostId: null, deviceId: RESERVED_DHCP_PORT }
}

/** Each is a hash, and every edit asks for those of all networks. */
const deviceIdsOn = oncePer(({ name }: Host) => oncePer(({ id }: Network) => dhcpDeviceId(name, id)))
