// The hosts of a cloud as a walk sees them: what was read of each, which NICs hear each other by the design, and who answers for which
// address. Tunnel NICs share the underlay; mapped NICs share the wire of their physical network; the NIC of a host that is a VM
// hears the tap of its nested uplink.

import type { HostObservation } from '../host/observation'
import { unknownPartOf } from '../host/unknown-parts'
import { tapName } from '../naming'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import type { Topology } from '../topology/topology'
import { isFloatingPort } from '../topology/floating-ips'
import { isRouterPort } from '../topology/router-ports'
import { uplinkTo, vmOfHost, wireOf } from '../topology/wire'
import type { KnownGuest, OutsideSegment, WalkFleet, WireEnd } from '../walk/fleet'
import { nicPort, trunkSideOf } from './path-side'

/** `outside`: whoever is asked for there. */
export function pathFleet(
  topology: Topology,
  observations: ReadonlyMap<string, HostObservation>,
  outside: readonly OutsideSegment[] = [],
): WalkFleet {
  const hosts = topology.hosts.flatMap((host) => {
    const observation = observations.get(host.id)
    return observation
      ? [{ hostId: host.id, name: host.name, state: observation.state, unread: unknownPartOf.bind(null, observation) }]
      : []
  })
  return { hosts, wires: wiresOf(topology), guests: topology.ports.flatMap((port) => guestOf(topology, port)), outside }
}

/** What has a tap; a subport's frames pass its parent's, with a tag. */
function guestOf(topology: Topology, port: Port): KnownGuest[] {
  const { hostId, deviceOwner, macAddress, fixedIps } = port
  if (hostId === null || deviceOwner === 'network:dhcp' || isRouterPort(port) || isFloatingPort(port)) return []
  const trunk = trunkSideOf(topology, port)
  const ipAddresses = fixedIps.length === 0 ? null : fixedIps.map(({ ipAddress }) => ipAddress)
  const tap = { hostId, device: tapName(nicPort({ port, trunk }).id) }
  return [{ macAddress, ipAddresses, tap, ...(trunk?.guestVlan && { vlanId: trunk.guestVlan }) }]
}

export const wiresOf = (topology: Topology): WireEnd[][] => joined([underlay(topology), ...physicalWires(topology), ...uplinks(topology)])

const underlay = ({ hosts }: Topology): WireEnd[] => hosts.flatMap(({ id, tunnel }) => (tunnel ? [{ hostId: id, device: tunnel.nic }] : []))

/** NICs on the wire of a physical network. */
export const physicalEnds = (topology: Topology, physicalNetworkId: string | null): WireEnd[] =>
  topology.hosts.flatMap((host) =>
    host.vmId === undefined
      ? host.bridgeMappings.flatMap((mapping) =>
          mapping.physicalNetworkId === physicalNetworkId ? [{ hostId: host.id, device: mapping.nic }] : [],
        )
      : [],
  )

/** A host that is a VM is on no wire itself. */
function physicalWires(topology: Topology): WireEnd[][] {
  const ends = topology.hosts
    .filter(({ vmId }) => vmId === undefined)
    .flatMap((host) =>
      host.bridgeMappings.flatMap(({ physicalNetworkId, nic }) => {
        const physicalNetwork = findById(topology.physicalNetworks, physicalNetworkId)
        return [{ wire: physicalNetwork ? wireOf(topology, physicalNetwork).id : physicalNetworkId, end: { hostId: host.id, device: nic } }]
      }),
    )
  return [...new Set(ends.map(({ wire }) => wire))].map((wire) => ends.filter((each) => each.wire === wire).map(({ end }) => end))
}

function uplinks(topology: Topology): WireEnd[][] {
  return topology.hosts.flatMap((host) => {
    const vm = vmOfHost(topology, host)
    if (!vm) return []
    return host.bridgeMappings.flatMap(({ physicalNetworkId, nic }) => {
      const uplink = uplinkTo(topology, host, physicalNetworkId)
      return uplink
        ? [
            [
              { hostId: host.id, device: nic },
              { hostId: vm.hostId, device: tapName(uplink.id) },
            ],
          ]
        : []
    })
  })
}

/** A NIC that serves two purposes joins their wires. */
function joined(wires: readonly (readonly WireEnd[])[]): WireEnd[][] {
  const same = (a: WireEnd, b: WireEnd) => a.hostId === b.hostId && a.device === b.device
  return wires.reduce<WireEnd[][]>((sofar, wire) => {
    const [touching, apart] = [
      sofar.filter((each) => each.some((end) => wire.some((other) => same(end, other)))),
      sofar.filter((each) => !each.some((end) => wire.some((other) => same(end, other)))),
    ]
    const all = [...touching.flat(), ...wire]
    return [...apart, all.filter((end, index) => all.findIndex((other) => same(end, other)) === index)]
  }, [])
}
