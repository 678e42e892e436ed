// What carries the frames of a host that is a VM (docs/reference/nested-uplinks.md): the tap of its second NIC, br-data, the veth pair and
// the provider bridge of the host it runs on, and again if that host is a VM, too. Read off design and observations; nothing here judges.

import type { HostObservation } from '../host/observation'
import { findById } from '../topology/find'
import type { BridgeMapping, Host } from '../topology/kinds/host/host'
import type { NestedUplink } from '../topology/kinds/nested-uplink/nested-uplink'
import type { Vm } from '../topology/kinds/vm/vm'
import type { Topology } from '../topology/topology'
import { uplinkTo, vmOfHost } from '../topology/wire'
import { HostView } from './host-view'

export interface Carrier {
  readonly uplink: NestedUplink
  /** The VM that the inner host is. */
  readonly vm: Vm
  /** What it runs on. */
  readonly host: Host
  readonly mapping: BridgeMapping | null
  readonly view: HostView | null
}

/** From the inside out; empty for a host that is a machine, and for networks that do not travel on a wire. */
export function carriersOfHost(
  topology: Topology,
  observations: ReadonlyMap<string, HostObservation>,
  host: Host,
  physicalNetworkId: string | null,
): Carrier[] {
  const [vm, uplink] = [vmOfHost(topology, host), physicalNetworkId === null ? null : uplinkTo(topology, host, physicalNetworkId)]
  const outer = findById(topology.hosts, vm?.hostId)
  if (!vm || !uplink || !outer) return []
  const observation = observations.get(outer.id)
  const carrier: Carrier = {
    uplink,
    vm,
    host: outer,
    mapping: outer.bridgeMappings.find((mapping) => mapping.physicalNetworkId === uplink.physicalNetworkId) ?? null,
    view: observation ? new HostView(observation) : null,
  }
  return [carrier, ...carriersOfHost(topology, observations, outer, uplink.physicalNetworkId)]
}

/** Every host that a path to or from this port may cross: its own, and what that one runs on. */
export function hostsToRead(topology: Topology, portId: string): Host[] {
  const port = findById(topology.ports, portId)
  const host = findById(topology.hosts, port?.hostId)
  if (!port || !host) return []
  const physicalNetworkId = findById(topology.networks, port.networkId)?.physicalNetworkId ?? null
  return [host, ...carriersOfHost(topology, new Map(), host, physicalNetworkId).map((carrier) => carrier.host)]
}
