// Connection tracking zones: in which a host keeps apart the connections of the ports that it filters. One per filtered port, and one per network that has
// such a port on a host whose agent tracks by network; all of them different, since on a host both kinds meet. Kept for life, so that a VM that
// moves, or is filtered again, does not end up among the connections of another. The lowest free number is taken; the choice is stored before anything runs.

import { traitsOf } from '../../agents/agent-traits'
import { mapChanged } from '../find'
import type { Network } from '../kinds/network/network'
import type { Port } from '../kinds/port/port'
import { isFiltered } from '../kinds/port/port-security'
import type { Topology } from '../topology'
import { conflict } from '../violation'
import type { Allocated } from './allocated'

/** Neutron's; those below are local VLANs, which its other firewall takes for zones. */
const FIRST_ZONE = 4097
const LAST_ZONE = 65_535

/** Of a VM's ports: what else a host has is not filtered. */
const needsZone = (port: Port): boolean => isFiltered(port) && (port.deviceOwner === 'compute:nova' || port.deviceOwner === 'trunk:subport')

/** The same topology where every port and network has what it needs. */
export function assignConntrackZones(topology: Topology): Allocated<Topology> {
  const needy = [...topology.ports.filter(lacksZone), ...networksInNeed(topology)]
  if (needy.length === 0) return { ok: true, value: topology }
  const zones = lowestFree(topology, needy.length)
  if (zones.length < needy.length)
    return { ok: false, violation: conflict('conntrack-zones-exhausted', null, { most: LAST_ZONE - FIRST_ZONE + 1 }, []) }
  const zoneOf = new Map(needy.map(({ id }, index) => [id, zones[index]!]))
  const assign = <Item extends Port | Network>(item: Item): Item => {
    const conntrackZone = zoneOf.get(item.id)
    return conntrackZone === undefined ? item : { ...item, conntrackZone }
  }
  return { ok: true, value: { ...topology, ports: mapChanged(topology.ports, assign), networks: mapChanged(topology.networks, assign) } }
}

const lacksZone = (port: Port): boolean => port.conntrackZone === undefined && needsZone(port)

function networksInNeed({ ports, networks, hosts }: Topology): readonly Network[] {
  const hostIds = new Set(hosts.filter((host) => traitsOf(host).hasZonePerNetwork).map(({ id }) => id))
  if (hostIds.size === 0) return []
  const isHere = (port: Port): boolean => port.hostId !== null && hostIds.has(port.hostId) && needsZone(port)
  const networkIds = new Set(ports.filter(isHere).map(({ networkId }) => networkId))
  return networks.filter(({ id, conntrackZone }) => conntrackZone === undefined && networkIds.has(id))
}

function lowestFree({ ports, networks }: Topology, count: number): readonly number[] {
  const taken = new Set([...ports, ...networks].map(({ conntrackZone }) => conntrackZone))
  const free: number[] = []
  for (let zone = FIRST_ZONE; zone <= LAST_ZONE && free.length < count; zone += 1) if (!taken.has(zone)) free.push(zone)
  return free
}
