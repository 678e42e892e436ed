// The two patch ports of each port of a trunk (docs/reference/trunks.md), and whether a host has them as they should be: there, joined,
// tagged, usable, standing for the port, and with the port's flows on br-int. State (trunk-status.ts) and audit (audit-trunk.ts)
// judge by the same findings. Rows of the OVSDB outlive the host's boot, flows do not.

import { compileAntiSpoofing } from '../compile/openvswitch/anti-spoofing'
import { INT } from '../compile/openvswitch/flows'
import { hostScope, isDead, type HostScope } from '../compile/scope'
import type { Coded, Subject } from '../finding'
import { flowKey } from '../host/flow'
import type { HostState } from '../host/host-state'
import { DEAD_VLAN, faultOf, type OvsPort } from '../host/ovs'
import { INTEGRATION_BRIDGE, spiName, sptName, tpiName, tptName, trunkBridgeName } from '../naming'
import { findById } from '../topology/find'
import { labelPort } from '../topology/kinds/port/port-label'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import type { TrunkParams } from './trunk-params'

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
  readonly found: Found
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
  return {
    topology,
    hostId,
    bridge: trunkBridgeName(trunk.id),
    state,
    portOn,
    scope: hostScope(topology, hostId),
    flowKeys: flowKeysOf(state),
  }
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

/** What is wrong, before it is known of whom. */
export type Found = Coded<TrunkParams>

export const portSubject = ({ port: { id }, label }: Pick<PatchPair, 'port' | 'label'>): Subject => ({ kind: 'port', id, name: label })

/** None when both ends are there, usable, joined, tagged as they should be, carry the port's MAC, and br-int has its flows. From the guest inwards. */
export function pairProblems(host: TrunkHost, pair: PatchPair): PairProblem[] {
  const { outer, inner, guestVlan, port } = pair
  const outerEnd = host.portOn(host.bridge, outer)
  const innerEnd = host.portOn(INTEGRATION_BRIDGE, inner)
  const outerProblems = outerEnd
    ? [checkUsable(outerEnd), checkPeer(outerEnd, inner), checkGuestTag(outerEnd, guestVlan), checkMac(outerEnd, port)]
    : [missing(outer, host.bridge)]
  const innerProblems = innerEnd
    ? [checkUsable(innerEnd), checkPeer(innerEnd, outer), checkLocalTag(innerEnd, innerTag(host, port)), checkMac(innerEnd, port)]
    : [missing(inner, INTEGRATION_BRIDGE)]
  const problems = (end: PairProblem['end'], all: readonly (Found | null)[]): PairProblem[] =>
    all.flatMap((found) => (found === null ? [] : [{ end, found }]))
  const guardProblems = innerEnd ? [checkMacLetPass(host, pair), checkFlows(host, pair)] : []
  return [...problems('outer', outerProblems), ...problems('inner', innerProblems), ...problems('guard', guardProblems)]
}

const missing = (device: string, bridge: string): Found => ({ code: 'patch-missing', params: { device, bridge } })

export function checkUsable(port: OvsPort): Found | null {
  const fault = faultOf(port)
  return fault && { code: 'ovs-cannot-use', params: fault }
}

function checkPeer({ name, interface: { options } }: OvsPort, expected: string): Found | null {
  const { peer = null } = options
  return peer === expected ? null : { code: 'patch-peer', params: { device: name, peer, expected } }
}

function checkGuestTag({ name, tag }: OvsPort, guestVlan: number): Found | null {
  return tag === guestVlan ? null : { code: 'patch-guest-tag', params: { device: name, tag, guestVlan } }
}

function checkLocalTag({ name, tag }: OvsPort, expected: number | null): Found | null {
  if (tag === null) return { code: 'patch-untagged', params: { device: name } }
  if (expected === null || tag === expected) return null
  if (expected === DEAD_VLAN) return { code: 'patch-alive', params: { device: name, tag } }
  return { code: 'patch-local-tag', params: { device: name, tag, localVlan: expected } }
}

function checkMac({ name, interface: { externalIds } }: OvsPort, port: Port): Found | null {
  const mac = externalIds['attached-mac'] ?? null
  return mac?.toLowerCase() === port.macAddress.toLowerCase()
    ? null
    : { code: 'patch-mac', params: { device: name, mac, expected: port.macAddress } }
}

/** What guards the port, or stops it when it is administratively down. */
function checkFlows({ scope, flowKeys }: TrunkHost, { port, inner }: PatchPair): Found | null {
  const wanted = compileAntiSpoofing(scope, port, inner).flows ?? []
  const lacking = wanted.filter((flow) => !flowKeys.has(flowKey(flow))).length
  return lacking === 0
    ? null
    : { code: 'patch-flows', params: { device: inner, bridge: INTEGRATION_BRIDGE, missing: lacking, of: wanted.length } }
}

/** What MAC table 25 lets pass on the port; attached-mac alone stops nothing. */
function checkMacLetPass({ state }: TrunkHost, { inner, port }: PatchPair): Found | null {
  const allowed = state.flows
    .filter(({ bridge, table }) => bridge === INTEGRATION_BRIDGE && table === INT.macSpoof)
    .map(({ match }) => match.split(','))
    .filter((fields) => fields.includes(`in_port=${inner}`))
    .flatMap((fields) => fields.find((field) => field.startsWith('dl_src='))?.slice('dl_src='.length) ?? [])
  if (allowed.length === 0 || !port.isPortSecurityEnabled) return null
  if (allowed.some((mac) => mac.toLowerCase() === port.macAddress.toLowerCase())) return null
  return { code: 'mac-let-pass', params: { device: inner, mac: allowed[0]!, expected: port.macAddress } }
}
