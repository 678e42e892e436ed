// Puts both ends of a path together from the design and what was read of their hosts.

import type { HostObservation } from '../host/observation'
import { findById } from '../topology/find'
import type { Host } from '../topology/kinds/host/host'
import type { Topology } from '../topology/topology'
import { macOf } from '../walk/linux/wire'
import { carriersOfHost } from './carrier'
import { isAddress, portAt } from './end'
import { HostView } from './host-view'
import { findEndpoint } from './list-endpoints'
import { localized } from './localize'
import { outsideSegment, senderAt, wayOut } from './outside'
import { type PathSide, trunkSideOf } from './path-side'
import { isBeyond } from './travel'

export interface SidesInput {
  readonly topology: Topology
  readonly observations: ReadonlyMap<string, HostObservation>
  /** Ports that were derived from the observations: in no design, so that they can differ from none. */
  readonly found?: ReadonlySet<string>
}

export interface PathSides {
  readonly near: PathSide
  readonly far: PathSide
}

/** null when a port, its host or its network is not there, or nothing leads to who is outside. */
export function sidesOf(known: SidesInput, source: string, destination: string): PathSides | null {
  const input = { ...known, topology: localized(known.topology, source, destination) }
  const near = isAddress(source) ? outsideSide(input, source, destination, 'source') : sideOf(input, source, 'source')
  const far = isAddress(destination) ? outsideSide(input, destination, source, 'destination') : sideOf(input, destination, 'destination')
  return near && far && { near: isBeyond(far.endpoint) ? near : asItsPort(near), far }
}

/** What a floating IP's port sends to another one has its own address. */
function asItsPort(side: PathSide): PathSide {
  const { floatingIp: _, ...endpoint } = side.endpoint
  return { ...side, endpoint }
}

/** As it is reached from the other end; its host is the one where packets leave the cloud. */
function outsideSide({ topology, observations }: SidesInput, address: string, other: string, end: PathSide['end']): PathSide | null {
  const port = portAt(topology, other)
  const way = port && wayOut(topology, port, address)
  const host = findById(topology.hosts, way?.hostId)
  if (!way || !host) return null
  const { network } = way
  const outside = outsideSegment(topology, observations, network)
  const macAddress = macOf(outside, senderAt(topology, network, address))
  const observation = observations.get(host.id)
  return {
    end,
    endpoint: {
      id: address,
      portId: null,
      label: address,
      kind: 'outside',
      hostId: host.id,
      hostName: host.name,
      networkId: network.id,
      networkName: network.name,
      macAddress,
      ipAddress: address,
    },
    host,
    port: { ...nobody, id: address, networkId: network.id, macAddress, fixedIps: [{ subnetId: '', ipAddress: address }] },
    network,
    localVlan: topology.localVlans.find(({ hostId, networkId }) => hostId === host.id && networkId === network.id)?.vlan ?? null,
    view: observation ? new HostView(observation) : null,
    hasDesign: false,
    topology,
    trunk: null,
    outside,
    carriers: [],
  }
}

/** Outside there are no ports of ours. */
const nobody = {
  name: '',
  hostId: null,
  deviceOwner: '',
  deviceId: '',
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
} as const

export function sideOf({ topology, observations, found }: SidesInput, id: string, end: PathSide['end']): PathSide | null {
  const endpoint = findEndpoint(topology, id, found)
  const port = portAt(topology, id)
  const host = topology.hosts.find(({ id }) => id === port?.hostId)
  const network = topology.networks.find(({ id }) => id === port?.networkId)
  if (!endpoint || !port || !host || !network) return null
  const observation = observations.get(host.id)
  const vlan = topology.localVlans.find(({ hostId, networkId }) => hostId === host.id && networkId === network.id)
  const view = observation ? new HostView(observation) : null
  const carriers = carriersOfHost(topology, observations, host, network.physicalNetworkId)
  return {
    end,
    endpoint,
    host,
    port,
    network,
    localVlan: vlan?.vlan ?? null,
    view,
    hasDesign: endpoint.isFound !== true,
    topology,
    trunk: trunkSideOf(topology, port),
    carriers,
  }
}

/** The same end where another host carries its frames: the one of a router, or what its own host runs on. */
export function seenOn(side: PathSide, host: Host, view: HostView | null): PathSide {
  const vlan = side.topology.localVlans.find(({ hostId, networkId }) => hostId === host.id && networkId === side.network.id)
  return { ...side, host, view, localVlan: vlan?.vlan ?? null }
}
