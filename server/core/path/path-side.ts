// One end of a path with everything that is known about it: the design's objects and the host's own view.

import {
  INTEGRATION_BRIDGE,
  PATCH_INT,
  PATCH_TUN,
  TUNNEL_BRIDGE,
  intPatchName,
  phyPatchName,
  spiName,
  sptName,
  tapName,
  tpiName,
  tptName,
  trunkBridgeName,
} from '../naming'
import type { BridgeMapping, Host } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import type { OutsideSegment } from '../walk/fleet'
import type { Carrier } from './carrier'
import type { HostView } from './host-view'
import type { Endpoint } from './path'

/** The port is the parent or a subport of a trunk: its frames share the parent's NIC. */
export interface TrunkSide {
  readonly trunk: Trunk
  readonly parent: Port
  /** Whose MTU the devices of the NIC have. */
  readonly parentNetwork: Network
  /** null for the parent itself, whose frames are untagged in the guest. */
  readonly guestVlan: number | null
  readonly bridge: string
  /** Patch port on the trunk bridge. */
  readonly outer: string
  /** Patch port on br-int. */
  readonly inner: string
}

export interface PathSide {
  /** Frames leave the source side and arrive at the destination side. */
  readonly end: 'source' | 'destination'
  readonly endpoint: Endpoint
  readonly host: Host
  readonly port: Port
  readonly network: Network
  /** Chosen by the design for this network on this host; null when it has chosen none yet. */
  readonly localVlan: number | null
  /** null while the host has not been read. */
  readonly view: HostView | null
  /** False for a port that was itself derived from observation: then only the host's own contradictions count. */
  readonly hasDesign: boolean
  readonly topology: Topology
  readonly trunk: TrunkSide | null
  /** Where it is outside of the cloud; absent for all others. */
  readonly outside?: OutsideSegment
  /** What carries the host's frames where it is a VM of the design, from the inside out. */
  readonly carriers: readonly Carrier[]
}

export function trunkSideOf({ trunks, ports, networks }: Topology, port: Port): TrunkSide | null {
  const trunk = trunks.find((each) => each.portId === port.id || each.subPorts.some(({ portId }) => portId === port.id))
  const parent = ports.find(({ id }) => id === trunk?.portId)
  const parentNetwork = networks.find(({ id }) => id === parent?.networkId)
  if (!trunk || !parent || !parentNetwork) return null
  const guestVlan = trunk.subPorts.find(({ portId }) => portId === port.id)?.segmentationId ?? null
  const [outer, inner] = guestVlan === null ? [tptName(port.id), tpiName(port.id)] : [sptName(port.id), spiName(port.id)]
  return { trunk, parent, parentNetwork, guestVlan, bridge: trunkBridgeName(trunk.id), outer, inner }
}

/** The port whose devices carry the frames up to the bridge they are plugged into: its own, or the trunk's parent. */
export const nicPort = ({ port, trunk }: Pick<PathSide, 'port' | 'trunk'>): Port => trunk?.parent ?? port
export const nicMtu = ({ network, trunk }: Pick<PathSide, 'network' | 'trunk'>): number => (trunk?.parentNetwork ?? network).mtu

/** What carries the frame between br-int and the outside: a tunnel or a provider bridge. */
export interface PatchPair {
  /** Port on br-int. */
  readonly inner: string
  /** Port on the other bridge. */
  readonly outer: string
  readonly outerBridge: string
}

export const tunnelPatch: PatchPair = { inner: PATCH_TUN, outer: PATCH_INT, outerBridge: TUNNEL_BRIDGE }

export const providerPatch = (bridge: string): PatchPair => ({
  inner: intPatchName(bridge),
  outer: phyPatchName(bridge),
  outerBridge: bridge,
})

/** By its end on br-int. */
export const patchPairOf = (inner: string): PatchPair => (inner === PATCH_TUN ? tunnelPatch : providerPatch(inner.replace(/^int-/, '')))

export function mappingOf({ host, network }: Pick<PathSide, 'host' | 'network'>): BridgeMapping | null {
  return host.bridgeMappings.find((mapping) => mapping.physicalNetworkId === network.physicalNetworkId) ?? null
}

/** The OVS port of a Neutron port, resolved by the full id; patch ends of trunks carry the same id (docs/reference/names-and-ids.md). */
export function ovsPortOf({ view, port, trunk }: Pick<PathSide, 'view' | 'port' | 'trunk'>) {
  if (trunk) return view?.port(INTEGRATION_BRIDGE, trunk.inner)
  return view?.ports.find(({ interface: { type, externalIds } }) => type !== 'patch' && externalIds['iface-id'] === port.id)
}

/** The port that the guest's NIC is plugged by: on br-int, or on the trunk's bridge. */
function vifOf(side: Pick<PathSide, 'view' | 'port' | 'trunk'>) {
  const { trunk, view } = side
  if (!trunk) return ovsPortOf(side)
  return view
    ?.portsOf(trunk.bridge)
    .find(({ interface: { type, externalIds } }) => type !== 'patch' && externalIds['iface-id'] === trunk.parent.id)
}

/** Without a qbr of its own (native firewall of a foreign cloud). */
export const isDirectlyPlugged = (side: Pick<PathSide, 'view' | 'port' | 'trunk'>): boolean =>
  vifOf(side)?.name === tapName(nicPort(side).id)

/** Its frames travel on the wire of a physical network, not in a tunnel. */
export const isProvider = ({ type }: Pick<Network, 'type'>): boolean => type !== 'vxlan'

/** The VLAN id that its frames have on a wire; null: none. */
export const wireVlan = ({ type, segmentationId }: Pick<Network, 'type' | 'segmentationId'>): number | null =>
  type === 'vlan' ? segmentationId : null

/** The tag that is really in force on the port: what br-int has, else what the design chose. */
export function tagInForce(side: PathSide): number | null {
  return ovsPortOf(side)?.tag ?? side.localVlan
}

/** Local VLAN of the network on this host, whatever this one port has. */
function networkVlan(side: PathSide): number | null {
  return side.localVlan ?? ovsPortOf(side)?.tag ?? null
}

/** What frames wear inside Open vSwitch: at the source the port's own tag, at the destination the network's. */
export function innerVlan(side: PathSide): number | null {
  return side.end === 'source' ? tagInForce(side) : networkVlan(side)
}

export const flowsOf = (side: PathSide, bridge: string) => side.view?.flowsOf(bridge) ?? []
