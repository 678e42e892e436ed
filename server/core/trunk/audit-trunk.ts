// Compares guest VLAN id, tags, network and MAC of every port of a trunk across the design, the host and the packets, and names
// the hop that is wrong. Nothing is read here; what was not read stays unchecked.

import type { HostObservation } from '../host/observation'
import { unknownPartOf } from '../host/unknown-parts'
import { findById } from '../topology/find'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import { attribute } from './attribute-frames'
import type { AuditRow, AuditTraffic, GuestInterface, TrunkAudit } from './audit'
import type { AuditContext } from './audit-hops'
import { auditOddities } from './audit-oddities'
import { ofTrunkNic } from './guest-interfaces'
import { type PatchPair, patchPairs, trunkHost } from './patch-pair'
import type { TrunkDriver } from './trunk-driver'
import { trunkDriverOf } from './trunk-drivers'

export interface AuditSight {
  readonly topology: Topology
  readonly trunk: Trunk
  /** The parent's host as last read; null when it never was. */
  readonly reading: Pick<HostObservation, 'state' | 'unparsed' | 'observedAt'> | null
  /** Interfaces as the guest has them, or why they are not known; null when nobody asked. */
  readonly guest: { readonly interfaces: readonly GuestInterface[] } | { readonly problem: string } | null
  readonly traffic: AuditTraffic | null
}

export function auditTrunk(sight: AuditSight): TrunkAudit {
  const { topology, trunk, reading, guest, traffic } = sight
  const pairs = patchPairs(topology, trunk)
  const context = contextOf(sight, pairs)
  const rows = pairs.map((pair) => auditRow(topology, context, pair))
  const oddities = context ? auditOddities(context, trunk, pairs) : []
  return {
    trunkId: trunk.id,
    hostName: findById(topology.hosts, context?.parent.hostId)?.name ?? null,
    observedAt: reading?.observedAt ?? null,
    listenedS: traffic?.listenedS ?? null,
    guestProblem: guest && 'problem' in guest ? guest.problem : null,
    captureProblem: traffic?.problem ?? null,
    rows,
    oddities,
    state: worst(rows.map(({ state }) => state)),
  }
}

/** null while the parent is on no host: which hops it will have is that host's agent's to say. */
function contextOf({ topology, trunk, reading, guest, traffic }: AuditSight, pairs: readonly PatchPair[]): AuditContext | null {
  const parent = findById(topology.ports, trunk.portId)
  const agentKind = findById(topology.hosts, parent?.hostId)?.agentKind
  if (!parent || agentKind === undefined) return null
  const vm = topology.vms.find(({ portIds }) => portIds.includes(parent.id))
  const otherMacs = topology.ports.filter(({ id }) => id !== parent.id && vm?.portIds.includes(id)).map(({ macAddress }) => macAddress)
  const interfaces = guest && 'interfaces' in guest ? ofTrunkNic(guest.interfaces, parent.macAddress, otherMacs) : null
  const driver = trunkDriverOf({ agentKind })
  const host = isTold(driver, reading) && parent.hostId !== null ? trunkHost(topology, trunk, parent.hostId, reading.state) : null
  return {
    parent,
    networkName: (id) => findById(topology.networks, id)?.name ?? id,
    host,
    reach: host && ((guestVlan) => driver.reach(host, parent.id, guestVlan)),
    guest: interfaces && attribute(interfaces, pairs),
    sent: traffic && attribute(traffic.sent, pairs),
    learned: traffic && traffic.learned,
    left: traffic && traffic.left,
    agentKind,
  }
}

/** Of a host that did not tell everything nothing is said, as of one that was never read. */
const isTold = ({ restsOn }: TrunkDriver, reading: AuditSight['reading']): reading is NonNullable<AuditSight['reading']> =>
  reading !== null && restsOn.every(([kind, place]) => unknownPartOf(reading, kind, place) === null)

function auditRow({ networks }: Topology, context: AuditContext | null, pair: PatchPair): AuditRow {
  const hops = context ? trunkDriverOf(context).auditHops(context, pair) : []
  const { port, label, guestVlan } = pair
  // The guest's own word is welcome; what it sends is enough.
  const isProven = hops.length > 0 && hops.every((hop) => hop.traffic === 'agrees' && (hop.host === 'agrees' || hop.kind === 'guest'))
  return {
    portId: port.id,
    label,
    guestVlan,
    macAddress: port.macAddress,
    networkId: port.networkId,
    networkName: findById(networks, port.networkId)?.name ?? port.networkId,
    hops,
    state: hops.some(({ finding }) => finding !== null) ? 'differs' : isProven ? 'agrees' : 'unchecked',
  }
}

function worst(states: readonly AuditRow['state'][]): AuditRow['state'] {
  if (states.includes('differs')) return 'differs'
  return states.length > 0 && states.every((state) => state === 'agrees') ? 'agrees' : 'unchecked'
}
