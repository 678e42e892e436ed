// The two patch ports of each port of a trunk (reference §11.1), and whether a host has them as they should be: there, joined,
// tagged, usable, standing for the port, and with the port's flows on br-int. State (trunk-status.ts) and audit (audit-trunk.ts)
// judge by the same sentences. Rows of the OVSDB outlive the host's boot, flows do not.

import { compileAntiSpoofing } from '../compile/anti-spoofing'
import { INT } from '../compile/flows'
import { DEAD_VLAN } from '../compile/integration-bridge'
import { hostScope, isDead, type HostScope } from '../compile/scope'
import { auditWords } from '../explain/trunk-audit'
import { plural } from '../explain/words'
import { flowKey } from '../host/flow'
import type { HostState } from '../host/host-state'
import { whyUnusable, type OvsPort } from '../host/ovs'
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
  /** `guard`: the flows behind the inner end. Frames pass without them, though not only the port's own. */
  readonly end: 'outer' | 'inner' | 'guard'
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
  readonly scope: HostScope
  /** Of the flows that are there. */
  readonly flowKeys: ReadonlySet<string>
}

/** Once per reading, not per trunk: a host has as many as thousands. */
const knownKeys = new WeakMap<HostState, ReadonlySet<string>>()

function flowKeysOf(state: HostState): ReadonlySet<string> {
  const keys = knownKeys.get(state) ?? new Set(state.flows.map(flowKey))
  knownKeys.set(state, keys)
  return keys
}

export function trunkHost(topology: Topology, trunk: Trunk, hostId: string, state: HostState): TrunkHost {
  const ports = new Map(state.ovsPorts.map((port) => [`${port.bridge}/${port.name}`, port]))
  const portOn = (bridge: string, name: string) => ports.get(`${bridge}/${name}`)
  return { topology, hostId, bridge: trunkBridgeName(trunk.id), state, portOn, scope: hostScope(topology, hostId), flowKeys: flowKeysOf(state) }
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

/** None when both ends are there, usable, joined, tagged as they should be, carry the port's MAC, and br-int has its flows. From the guest inwards. */
export function pairProblems(host: TrunkHost, pair: PatchPair): PairProblem[] {
  const { outer, inner, guestVlan, port } = pair
  const label = quoted(pair.label)
  const outerEnd = host.portOn(host.bridge, outer)
  const innerEnd = host.portOn(INTEGRATION_BRIDGE, inner)
  const outerProblems = outerEnd
    ? [checkUsable(outerEnd), checkPeer(outerEnd, inner, label), checkGuestTag(outerEnd, guestVlan, label), checkMac(outerEnd, port, label)]
    : [`${outer} of ${label} is missing on ${host.bridge}.`]
  const innerProblems = innerEnd
    ? [checkUsable(innerEnd), checkPeer(innerEnd, outer, label), checkLocalTag(innerEnd, innerTag(host, port), label), checkMac(innerEnd, port, label)]
    : [`${inner} of ${label} is missing on ${INTEGRATION_BRIDGE}.`]
  const problems = (end: PairProblem['end'], sentences: readonly (string | null)[]): PairProblem[] =>
    sentences.flatMap((sentence) => (sentence === null ? [] : [{ end, sentence }]))
  const guardProblems = innerEnd ? [checkMacLetPass(host, pair), checkFlows(host, pair, label)] : []
  return [...problems('outer', outerProblems), ...problems('inner', innerProblems), ...problems('guard', guardProblems)]
}

export function checkUsable(port: OvsPort): string | null {
  const problem = whyUnusable(port)
  return problem && `${problem}.`
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

/** What guards the port, or stops it when it is administratively down (reference §6.2). */
function checkFlows({ scope, flowKeys }: TrunkHost, { port, inner }: PatchPair, label: string): string | null {
  const wanted = compileAntiSpoofing(scope, port, inner).flows ?? []
  const missing = wanted.filter((flow) => !flowKeys.has(flowKey(flow))).length
  return missing === 0 ? null : `${INTEGRATION_BRIDGE} lacks ${plural(missing, 'flow')} of ${wanted.length} for ${inner} of ${label}.`
}

/** What MAC table 25 lets pass on the port; attached-mac alone stops nothing. */
function checkMacLetPass({ state }: TrunkHost, { inner, port }: PatchPair): string | null {
  const allowed = state.flows
    .filter(({ bridge, table }) => bridge === INTEGRATION_BRIDGE && table === INT.macSpoof)
    .map(({ match }) => match.split(','))
    .filter((fields) => fields.includes(`in_port=${inner}`))
    .flatMap((fields) => fields.find((field) => field.startsWith('dl_src='))?.slice('dl_src='.length) ?? [])
  if (allowed.length === 0 || !port.isPortSecurityEnabled) return null
  return allowed.some((mac) => mac.toLowerCase() === port.macAddress.toLowerCase()) ? null : auditWords.otherMacPasses(inner, allowed[0]!, port.macAddress)
}
