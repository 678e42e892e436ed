// The state of a trunk as Neutron names it (reference §11.3), derived from the design and from what the host of its parent really
// has. Nothing is stored: whoever asks later gets a newer answer. `subport_ids` on the parent's Interface says what was wired
// last, so a subport that the design has and that list has not was just added, and one that is listed and broken is broken.

import { readSubPortIds } from '../compile/trunk-ids'
import { findById, labelPort, quoted } from '../topology/find'
import type { HostState } from '../host/host-state'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, qvoName, spiName, sptName, tpiName, tptName, trunkBridgeName } from '../naming'
import type { Port, Topology, Trunk } from '../topology/topology'

export type TrunkStatus = 'DOWN' | 'BUILD' | 'ACTIVE' | 'DEGRADED' | 'ERROR'

export interface TrunkState {
  readonly status: TrunkStatus
  /** Why it is not ACTIVE, in a sentence that names the device; null when it is. */
  readonly reason: string | null
}

export interface TrunkSight {
  readonly topology: Topology
  readonly trunk: Trunk
  /** The parent's host as last read; null when it never was. */
  readonly state: HostState | null
  /** A plan is being applied to the host of the parent. */
  readonly isApplying: boolean
}

export function trunkState(sight: TrunkSight): TrunkState {
  const { topology, trunk, state, isApplying } = sight
  const parent = findById(topology.ports, trunk.portId)
  if (!parent || parent.hostId === null || parent.deviceOwner !== 'compute:nova') return down('The parent is used by no VM yet.')
  if (isApplying) return { status: 'BUILD', reason: 'A plan is being applied to its host.' }
  if (!state) return down('The host of the parent has not been read yet.')
  const ports = new Map(state.ovsPorts.map((port) => [`${port.bridge}/${port.name}`, port]))
  const host: TrunkHost = { topology, bridge: trunkBridgeName(trunk.id), hostId: parent.hostId, portOn: (bridge, name) => ports.get(`${bridge}/${name}`) }
  if (!state.ovsBridges.some(({ name }) => name === host.bridge)) return down(`${host.bridge} is not built yet. Apply the design.`)
  return wiredState(host, trunk, parent)
}

const down = (reason: string): TrunkState => ({ status: 'DOWN', reason })

interface TrunkHost {
  readonly topology: Topology
  readonly bridge: string
  readonly hostId: string
  readonly portOn: (bridge: string, name: string) => OvsPort | undefined
}

function wiredState(host: TrunkHost, trunk: Trunk, parent: Port): TrunkState {
  const vif = host.portOn(host.bridge, qvoName(parent.id))
  const parentProblem = vif ? checkPair(host, parent, parentPair(parent.id)) : `${qvoName(parent.id)} is not a port of ${host.bridge}`
  if (parentProblem !== null) return { status: 'ERROR', reason: parentProblem }
  const recorded = vif && readSubPortIds(vif.interface.externalIds)
  if (!recorded) return { status: 'DEGRADED', reason: `${qvoName(parent.id)} does not say which subports it has (external_ids:subport_ids).` }
  const changed = changedSubPorts(trunk, recorded)
  if (changed !== null) return down(changed)
  const broken = trunk.subPorts.flatMap(({ portId, segmentationId }) => {
    const port = findById(host.topology.ports, portId)
    return (port && checkPair(host, port, subPortPair(portId, segmentationId))) ?? []
  })
  return broken[0] === undefined ? { status: 'ACTIVE', reason: null } : { status: 'DEGRADED', reason: summarise(broken, trunk) }
}

function changedSubPorts(trunk: Trunk, recorded: readonly string[]): string | null {
  const added = trunk.subPorts.filter(({ portId }) => !recorded.includes(portId)).length
  const removed = recorded.filter((id) => !trunk.subPorts.some(({ portId }) => portId === id)).length
  if (added + removed === 0) return null
  const parts = [...(added > 0 ? [`${added} added`] : []), ...(removed > 0 ? [`${removed} removed`] : [])]
  return `Subports were changed and are not applied yet: ${parts.join(', ')}.`
}

const summarise = (broken: readonly string[], trunk: Trunk): string =>
  broken.length === 1 ? broken[0]! : `${broken[0]} (${broken.length} of ${trunk.subPorts.length} subports are not as they should be)`

interface Pair {
  readonly outer: string
  readonly inner: string
  readonly guestVlan: number
}

export const parentPair = (portId: string): Pair => ({ outer: tptName(portId), inner: tpiName(portId), guestVlan: 0 })
export const subPortPair = (portId: string, segmentationId: number): Pair => ({ outer: sptName(portId), inner: spiName(portId), guestVlan: segmentationId })

/** null when both ends are there, joined, tagged as they should be and carry the port's MAC. */
function checkPair({ topology, bridge, hostId, portOn }: TrunkHost, port: Port, { outer, inner, guestVlan }: Pair): string | null {
  const [outerEnd, innerEnd] = [portOn(bridge, outer), portOn(INTEGRATION_BRIDGE, inner)]
  const label = quoted(labelPort(topology, port))
  if (!outerEnd) return `${outer} of ${label} is missing on ${bridge}.`
  if (!innerEnd) return `${inner} of ${label} is missing on ${INTEGRATION_BRIDGE}.`
  if (outerEnd.interface.options['peer'] !== inner) return `${outer} of ${label} leads to ${outerEnd.interface.options['peer'] ?? 'nothing'}, not to ${inner}.`
  if (innerEnd.interface.options['peer'] !== outer) return `${inner} of ${label} leads to ${innerEnd.interface.options['peer'] ?? 'nothing'}, not to ${outer}.`
  if (outerEnd.tag !== guestVlan) return `${outer} of ${label} has tag ${outerEnd.tag ?? 'none'}, the guest uses ${guestVlan === 0 ? 'no VLAN' : `VLAN ${guestVlan}`}.`
  const local = topology.localVlans.find((vlan) => vlan.hostId === hostId && vlan.networkId === port.networkId)?.vlan
  if (port.isAdminStateUp && local !== undefined && innerEnd.tag !== local && innerEnd.tag !== null && isNetworkUp(topology, port)) {
    return `${inner} of ${label} has tag ${innerEnd.tag}, its network has local VLAN ${local} there.`
  }
  if (innerEnd.tag === null) return `${inner} of ${label} has no tag: its frames stay outside every local VLAN.`
  return checkMac(outerEnd, port, label) ?? checkMac(innerEnd, port, label)
}

const isNetworkUp = ({ networks }: Topology, { networkId }: Port): boolean => findById(networks, networkId)?.isAdminStateUp === true

function checkMac({ name, interface: { externalIds } }: OvsPort, port: Port, label: string): string | null {
  const mac = externalIds['attached-mac']
  return mac === port.macAddress ? null : `${name} of ${label} carries MAC ${mac ?? 'none'}, the port has ${port.macAddress}.`
}
