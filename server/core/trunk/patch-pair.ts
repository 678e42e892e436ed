// The two patch ports of each port of a trunk (reference §11.1), and whether a host has them as they should be: there, joined,
// tagged, and standing for the port. State (trunk-status.ts) and audit (audit-trunk.ts) judge by the same sentences.

import { DEAD_VLAN } from '../compile/integration-bridge'
import { isDead } from '../compile/scope'
import type { HostState } from '../host/host-state'
import type { OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, spiName, sptName, tpiName, tptName, trunkBridgeName } from '../naming'
import { findById, labelPort, quoted } from '../topology/find'
import type { Network, Port, Topology, Trunk } from '../topology/topology'

export interface PatchPair {
  readonly port: Port
  readonly label: string
  /** On the trunk bridge, with the guest's VLAN id as tag. */
  readonly outer: string
  /** On br-int, with the local VLAN of the port's network as tag. */
  readonly inner: string
  /** 0: untagged in the guest. */
  readonly guestVlan: number
}

export interface PairProblem {
  readonly end: 'outer' | 'inner'
  readonly sentence: string
}

/** What is asked of the host of a trunk's parent. */
export interface TrunkHost {
  readonly topology: Topology
  readonly hostId: string
  /** The trunk bridge. */
  readonly bridge: string
  readonly state: HostState
  readonly portOn: (bridge: string, name: string) => OvsPort | undefined
}

export function trunkHost(topology: Topology, trunk: Trunk, hostId: string, state: HostState): TrunkHost {
  const ports = new Map(state.ovsPorts.map((port) => [`${port.bridge}/${port.name}`, port]))
  return { topology, hostId, bridge: trunkBridgeName(trunk.id), state, portOn: (bridge, name) => ports.get(`${bridge}/${name}`) }
}

/** The parent's first, then those of the subports in their order. */
export function patchPairs(topology: Topology, trunk: Trunk): PatchPair[] {
  const parent = findById(topology.ports, trunk.portId)
  const subPorts = trunk.subPorts.flatMap(({ portId, segmentationId }) => {
    const port = findById(topology.ports, portId)
    return port ? [pairOf(topology, port, sptName(portId), spiName(portId), segmentationId)] : []
  })
  return parent ? [pairOf(topology, parent, tptName(parent.id), tpiName(parent.id), 0), ...subPorts] : subPorts
}

const pairOf = (topology: Topology, port: Port, outer: string, inner: string, guestVlan: number): PatchPair => ({
  port,
  label: labelPort(topology, port),
  outer,
  inner,
  guestVlan,
})

/** The tag of the end on br-int; null where no local VLAN was chosen yet. */
export function innerTag({ topology, hostId }: Pick<TrunkHost, 'topology' | 'hostId'>, port: Port): number | null {
  const network = findById(topology.networks, port.networkId)
  if (network && isDead(port, network)) return DEAD_VLAN
  return topology.localVlans.find((vlan) => vlan.hostId === hostId && vlan.networkId === port.networkId)?.vlan ?? null
}

/** Whose local VLAN a tag is on this host. */
export function networkOfTag({ topology, hostId }: Pick<TrunkHost, 'topology' | 'hostId'>, tag: number): Network | null {
  return findById(topology.networks, topology.localVlans.find((vlan) => vlan.hostId === hostId && vlan.vlan === tag)?.networkId)
}

/** None when both ends are there, joined, tagged as they should be and carry the port's MAC. From the guest inwards. */
export function pairProblems(host: TrunkHost, pair: PatchPair): PairProblem[] {
  const { outer, inner, guestVlan, port } = pair
  const label = quoted(pair.label)
  const outerEnd = host.portOn(host.bridge, outer)
  const innerEnd = host.portOn(INTEGRATION_BRIDGE, inner)
  const outerProblems = outerEnd
    ? [checkPeer(outerEnd, inner, label), checkGuestTag(outerEnd, guestVlan, label), checkMac(outerEnd, port, label)]
    : [`${outer} of ${label} is missing on ${host.bridge}.`]
  const innerProblems = innerEnd
    ? [checkPeer(innerEnd, outer, label), checkLocalTag(innerEnd, innerTag(host, port), label), checkMac(innerEnd, port, label)]
    : [`${inner} of ${label} is missing on ${INTEGRATION_BRIDGE}.`]
  const problems = (end: PairProblem['end'], sentences: readonly (string | null)[]): PairProblem[] =>
    sentences.flatMap((sentence) => (sentence === null ? [] : [{ end, sentence }]))
  return [...problems('outer', outerProblems), ...problems('inner', innerProblems)]
}

function checkPeer({ name, interface: { options } }: OvsPort, peer: string, label: string): string | null {
  return options['peer'] === peer ? null : `${name} of ${label} leads to ${options['peer'] ?? 'nothing'}, not to ${peer}.`
}

function checkGuestTag({ name, tag }: OvsPort, guestVlan: number, label: string): string | null {
  return tag === guestVlan ? null : `${name} of ${label} has tag ${tag ?? 'none'}, the guest uses ${guestVlan === 0 ? 'no VLAN' : `VLAN ${guestVlan}`}.`
}

function checkLocalTag({ name, tag }: OvsPort, expected: number | null, label: string): string | null {
  if (tag === null) return `${name} of ${label} has no tag: its frames stay outside every local VLAN.`
  if (expected === null || tag === expected) return null
  if (expected === DEAD_VLAN) return `${name} of ${label} has tag ${tag}, but the port or its network is administratively down.`
  return `${name} of ${label} has tag ${tag}, its network has local VLAN ${expected} there.`
}

function checkMac({ name, interface: { externalIds } }: OvsPort, port: Port, label: string): string | null {
  const mac = externalIds['attached-mac']
  return mac?.toLowerCase() === port.macAddress.toLowerCase() ? null : `${name} of ${label} carries MAC ${mac ?? 'none'}, the port has ${port.macAddress}.`
}
