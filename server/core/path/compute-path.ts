// Design and observations in, the path between two ports out: every hop once, from the source to the destination, each
// with what was intended, what the host has and what the last verification saw. Pure; reads nothing, changes nothing.
//
// The near side is written from the endpoint outwards, the far side likewise and then turned round.

import { isTroubled, type HostHealth } from '../host/host-health'
import type { Topology } from '../topology/topology'
import { type Carrier, meetingOf } from './carrier'
import { type Crossing, crossingOf } from './crossing'
import type { HopDraft } from './hop'
import { linkBetween } from './link-to-next'
import { findEndpoint } from './list-endpoints'
import type { Agreement, Endpoint, NoPath, Path, PathHop, PathHost } from './path'
import type { PathSide } from './path-side'
import { type SidesInput, sidesOf } from './path-sides'
import { dhcpSegment } from './segments/dhcp-segment'
import { bridgeHop, bridgeUplink, pluggedEndpoint } from './segments/linuxbridge-segment'
import { integrationSegment } from './segments/integration-segment'
import { patchSegment } from './segments/patch-segment'
import { providerSegment } from './segments/provider-segment'
import { trunkSegment } from './segments/trunk-segment'
import { tunnelSegment } from './segments/tunnel-segment'
import { underlaySegment } from './segments/underlay-segment'
import { outerBridgeHop, uplinkSegment } from './segments/uplink-segment'
import { vmSegment } from './segments/vm-segment'
import { wireSegment } from './segments/wire'
import { type SideTraces, traceSide } from './side-traces'
import type { HopEvidence, Verification } from './verification'

/** What the last verification of this very path found. */
export type LastEvidence = Pick<Verification, 'id' | 'startedAt' | 'hops' | 'verdict' | 'firstBadHopId'>

export interface PathInput extends SidesInput {
  /** Whether each host could be read, by its id. */
  readonly health?: ReadonlyMap<string, HostHealth>
  readonly lastEvidence?: LastEvidence | null
  readonly revision?: Path['revision']
}

/** Source and destination are port ids. */
export function computePath(input: PathInput, source: string, destination: string): Path | NoPath {
  const problem = findObstacle(input.topology, source, destination)
  if (problem) return problem
  const sides = sidesOf(input, source, destination)
  if (!sides) return { reason: 'not_bound', message: 'One of the ports is not on a host yet.' }
  const { near, far } = sides
  const evidence = input.lastEvidence ?? null
  const hops = finishHops(draftHops(near, far), evidence)
  return {
    source: near.endpoint,
    destination: far.endpoint,
    networkType: near.network.type,
    segmentationId: near.network.segmentationId,
    hops,
    hosts: pathHosts(input, [near, far]),
    evidence: evidence && { verificationId: evidence.id, startedAt: evidence.startedAt },
    revision: input.revision ?? null,
    ...nestedHosts([near, far]),
    verdict: firstDisagreement(hops, evidence),
  }
}

export { isPath } from './is-path'

function findObstacle(topology: Topology, source: string, destination: string): NoPath | null {
  if (source === destination) return { reason: 'same_port', message: 'A path needs two different ports.' }
  for (const portId of [source, destination]) {
    const port = topology.ports.find(({ id }) => id === portId)
    if (!port) return { reason: 'unknown_port', message: `There is no port ${portId}.` }
    if (findEndpoint(topology, portId)) continue
    const why = port.hostId === null ? 'is bound to no host' : 'is used by no VM and no DHCP server'
    return { reason: 'not_bound', message: `Port ${port.name || port.id} ${why}, so no path begins or ends there.` }
  }
  return findDifferentNetworks(findEndpoint(topology, source), findEndpoint(topology, destination))
}

function findDifferentNetworks(source: Endpoint | null, destination: Endpoint | null): NoPath | null {
  if (source?.networkId === destination?.networkId) return null
  const names = `${source?.label} is on ${source?.networkName}, ${destination?.label} on ${destination?.networkName}`
  return { reason: 'different_networks', message: `${names}: no router joins the two networks.` }
}

const isLinuxBridge = ({ host }: PathSide): boolean => host.agentKind === 'linuxbridge'

function draftHops(near: PathSide, far: PathSide): HopDraft[] {
  const crossing = crossingOf(near, far)
  if (crossing.kind === 'same-host' && isLinuxBridge(near)) {
    return [...pluggedEndpoint(near), bridgeHop(near), ...pluggedEndpoint(far).reverse()]
  }
  if (crossing.kind === 'same-host') {
    const traces = traceSide(near, far, crossing)
    const bridge = integrationSegment(near, far, crossing, traces)
    return [...endpointSegment(near, traces), bridge, ...endpointSegment(far, traces).reverse()]
  }
  const meeting = meetingOf(near.carriers, far.carriers)
  const between = meeting && crossing.kind === 'provider' ? outerBridgeHop(near, far, meeting, crossing) : wireSegment(near, crossing)
  return [...outwards(near, far, crossing, meeting), between, ...outwards(far, near, crossingOf(far, near), meeting).reverse()]
}

const endpointSegment = (side: PathSide, traces: SideTraces): HopDraft[] =>
  side.endpoint.kind === 'dhcp' ? dhcpSegment(side) : [...vmSegment(side), ...trunkSegment(side, traces)]

/** From the endpoint to the NIC: that of the machine, where the host is a VM. */
function outwards(side: PathSide, peer: PathSide, crossing: Crossing, meeting: Carrier | null): HopDraft[] {
  const carried = crossing.kind === 'provider' ? uplinkSegment(side, peer, crossing, meeting) : []
  if (isLinuxBridge(side)) return [...pluggedEndpoint(side), bridgeHop(side), ...bridgeUplink(side, peer, crossing), ...carried]
  const traces = traceSide(side, peer, crossing)
  const inner = [...endpointSegment(side, traces), integrationSegment(side, peer, crossing, traces)]
  return [...inner, ...outerSegment(side, peer, crossing, traces), ...carried]
}

function outerSegment(side: PathSide, peer: PathSide, crossing: Crossing, traces: SideTraces): HopDraft[] {
  if (crossing.kind === 'same-host') return []
  const patch = patchSegment(side, crossing, traces)
  if (crossing.kind === 'provider') return [patch, ...providerSegment(side, peer, crossing, traces)]
  return [patch, tunnelSegment(side, peer, crossing, traces), ...underlaySegment(side, crossing)]
}

function pathHosts({ health }: PathInput, sides: readonly PathSide[]): PathHost[] {
  const all = sides.flatMap((side) => [side, ...side.carriers]).map(({ host: { id, name }, view }): PathHost => {
    const known = health?.get(id)
    return { id, name, observedAt: view?.observation.observedAt ?? null, trouble: known && isTroubled(known) ? known : null }
  })
  return all.filter(({ id }, index) => all.findIndex((each) => each.id === id) === index)
}

function nestedHosts(sides: readonly PathSide[]): Pick<Path, 'nested'> {
  const nested = sides.flatMap(({ host, carriers }) =>
    carriers.map((carrier, index) => {
      const inner = carriers[index - 1]?.host ?? host
      return { hostId: inner.id, hostName: inner.name, vmId: carrier.vm.id, vmName: carrier.vm.name, outerHostId: carrier.host.id }
    }),
  )
  const once = nested.filter(({ hostId }, index) => nested.findIndex((each) => each.hostId === hostId) === index)
  return once.length === 0 ? {} : { nested: once }
}

function finishHops(drafts: readonly HopDraft[], evidence: LastEvidence | null): PathHop[] {
  return drafts.map((draft, index) => {
    const next = drafts[index + 1]
    const seen = evidence?.hops.find(({ hopId }) => hopId === draft.id)
    return { ...draft, linkToNext: next ? linkBetween(draft.lane, next.lane) : null, traffic: trafficOf(seen) }
  })
}

function trafficOf(evidence: HopEvidence | undefined): Agreement {
  if (!evidence || evidence.status === 'unchecked') return 'unchecked'
  return evidence.status === 'ok' ? 'agrees' : 'differs'
}

/** The first hop from the left on which any of the three truths disagrees. */
function firstDisagreement(hops: readonly PathHop[], evidence: LastEvidence | null): Path['verdict'] {
  const hop = hops.find(({ id, intent, host }) => intent === 'differs' || host === 'differs' || id === evidence?.firstBadHopId)
  if (!hop) return null
  const isTraffic = hop.id === evidence?.firstBadHopId
  const sentence = hop.finding ?? (isTraffic ? evidence.verdict : null)
  return sentence === null || sentence === undefined ? null : { hopId: hop.id, sentence }
}
