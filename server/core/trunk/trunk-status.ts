// The state of a trunk as Neutron names it (docs/reference/trunks.md), derived from the design and from what the host of its parent really
// has. Nothing is stored: whoever asks later gets a newer answer. What a host did not tell is not known, and no reason to call a trunk broken.

import { suspensionOf } from '../host/domain'
import type { HostState } from '../host/host-state'
import { linkNamed } from '../host/link'
import type { HostObservation } from '../host/observation'
import { unknownPartOf } from '../host/unknown-parts'
import { tapName } from '../naming'
import { trunkSubject } from '../plan/subjects'
import { findById } from '../topology/find'
import type { Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import type { Found } from './patch-pair'
import { trunkDriverOf } from './trunk-drivers'
import { as, type TrunkState } from './trunk-state'

export interface TrunkSight {
  readonly topology: Topology
  readonly trunk: Trunk
  /** The parent's host as last read; null when it never was. */
  readonly observation: Pick<HostObservation, 'state' | 'unparsed'> | null
  /** A plan is being applied to the host of the parent. */
  readonly isApplying: boolean
}

export function trunkState({ topology, trunk, observation, isApplying }: TrunkSight): TrunkState {
  const subject = trunkSubject(topology, trunk)
  const parent = findById(topology.ports, trunk.portId)
  const host = findById(topology.hosts, parent?.hostId)
  if (!parent || !host || parent.deviceOwner !== 'compute:nova') return as('DOWN', subject, { code: 'parent-unused', params: {} })
  if (isApplying) return as('BUILD', subject, { code: 'plan-applying', params: {} })
  if (!observation) return as('DOWN', subject, { code: 'host-unread', params: {} })
  const { state } = observation
  const { notBuilt, wiredState, restsOn } = trunkDriverOf(host)
  const missing = notBuilt(trunk, state)
  const found = missing ? as('DOWN', subject, missing) : (guestDown(topology, parent, state) ?? wiredState(topology, trunk, parent, state))
  const [part] = found.status === 'ACTIVE' ? [] : restsOn.flatMap(([kind, place]) => unknownPartOf(observation, kind, place) ?? [])
  return part ? as('DOWN', subject, { code: 'host-unknown', params: { part } }) : found
}

/** Nothing of it passes a frame while the VM is off: libvirt makes the tap when it starts the VM. */
function guestDown(topology: Topology, parent: Port, state: HostState): TrunkState | null {
  const down = (found: Found) =>
    as('DOWN', { kind: 'vm', id: parent.deviceId, name: findById(topology.vms, parent.deviceId)?.name ?? parent.deviceId }, found)
  const domain = state.domains.find(({ uuid }) => uuid === parent.deviceId)
  if (!domain) return down({ code: 'vm-undefined', params: {} })
  if (!domain.isRunning) return down({ code: 'vm-off', params: {} })
  const suspension = suspensionOf(domain)
  if (suspension) return down({ code: 'vm-suspended', params: suspension })
  const tap = tapName(parent.id)
  return linkNamed(state, tap) ? null : down({ code: 'tap-missing', params: { tap } })
}
