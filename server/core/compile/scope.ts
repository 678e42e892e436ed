// What one host sees of the topology: its ports, the networks they pull in, and the stored choices for them.

import { invariant } from '../invariant'
import { findById, findInOrder } from '../topology/find'
import { localVlansOf, localVlansOn, subnetsOfNetwork, vmsOnHost } from '../topology/lookup'
import { presenceOf } from '../topology/presence'
import { isRouterPort } from '../topology/router-ports'
import type { Host } from '../topology/kinds/host/host'
import type { NestedUplink } from '../topology/kinds/nested-uplink/nested-uplink'
import type { Network } from '../topology/kinds/network/network'
import type { PhysicalNetwork } from '../topology/kinds/physical-network/physical-network'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import type { Subnet } from '../topology/kinds/subnet/subnet'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Vm } from '../topology/kinds/vm/vm'
import type { Topology } from '../topology/topology'
import type { MakePiece } from './pieces'

export interface HostScope {
  readonly topology: Topology
  readonly host: Host
  /** Ports of VMs that run here. */
  readonly vmPorts: readonly Port[]
  /** Subports of trunks whose VM runs here. */
  readonly subPorts: readonly Port[]
  /** Trunks whose parent is a NIC of a VM here. */
  readonly trunks: readonly Trunk[]
  /** Routers that stand here, and their ports. */
  readonly routers: readonly Router[]
  readonly routerPorts: readonly Port[]
  /** DHCP ports served from here. */
  readonly dhcpPorts: readonly Port[]
  /** Networks with at least one port here: only these are wired. */
  readonly networks: readonly Network[]
  readonly vms: readonly Vm[]
  /** Of VMs that run here. */
  readonly nestedUplinks: readonly NestedUplink[]
  readonly network: (id: string) => Network
  readonly subnets: (networkId: string) => readonly Subnet[]
  readonly physicalNetwork: (id: string) => PhysicalNetwork
  readonly localVlan: (networkId: string) => number
  /** What a feature makes, or made before. */
  readonly piece: MakePiece
}

export function hostScope(topology: Topology, hostId: string, piece: MakePiece = (_feature, _networkId, make) => make()): HostScope {
  const host = findById(topology.hosts, hostId)
  invariant(host, `no host ${hostId}`)
  const presence = presenceOf(topology)
  const here = presence.portsOn(hostId)
  const localVlans = localVlansOn(topology.localVlans, hostId)
  const vms = vmsOnHost(topology.vms, hostId)
  const routerPorts = here.filter(isRouterPort)
  const vmPorts = here.filter((port) => port.deviceOwner === 'compute:nova')
  return {
    topology,
    host,
    vmPorts,
    subPorts: here.filter((port) => port.deviceOwner === 'trunk:subport'),
    trunks: topology.trunks.filter(({ portId }) => findById(vmPorts, portId) !== null),
    routers: findInOrder(topology.routers, [...new Set(routerPorts.map(({ deviceId }) => deviceId))]),
    routerPorts,
    dhcpPorts: here.filter((port) => port.deviceOwner === 'network:dhcp'),
    networks: findInOrder(topology.networks, [...presence.networksOn(hostId)]),
    vms,
    nestedUplinks: topology.nestedUplinks.filter(({ vmId }) => findById(vms, vmId) !== null),
    network: (id) => mustFind(topology.networks, id),
    subnets: (networkId) => subnetsOfNetwork(topology.subnets, networkId),
    physicalNetwork: (id) => mustFind(topology.physicalNetworks, id),
    localVlan: (networkId) => {
      const [entry] = localVlansOf(localVlans, networkId)
      invariant(entry, `no local VLAN stored for network ${networkId} on host ${hostId}`)
      return entry.vlan
    },
    piece,
  }
}

/** No frame may leave or reach it: Neutron's dead port. */
export const isDead = (port: Port, network: Network): boolean => !port.isAdminStateUp || !network.isAdminStateUp

function mustFind<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const found = findById(list, id)
  invariant(found, `no object ${id}`)
  return found
}
