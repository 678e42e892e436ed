// Design and observations in, the path between two ends out: every hop once, from the source to the destination, each
// with what was intended, what the host has and what the last verification saw. Pure; reads nothing, changes nothing.
//
// Each direction is a leg of its own, drawn and judged by itself.

import { isTroubled, type HostHealth } from '../host/host-health'
import type { HostScope } from '../parse/host-part'
import { crossedParts } from './crossed-parts'
import { designFleet } from './design'
import { drawLeg } from './draw-leg'
import { followLeg, type FollowedLeg } from './follow-leg'
import { localized } from './localize'
import { numberedAlike } from './number-legs'
import { type Gates, gatesOf } from './gates'
import { findGap, findObstacle } from './obstacles'
import type { Leg, NoPath, Path, PathHop, PathHost } from './path'
import { HostView } from './host-view'
import { outsideOf } from './outside'
import { pathFleet } from './path-fleet'
import type { PathSide } from './path-side'
import { type PathSides, type SidesInput, sidesOf } from './path-sides'
import { drawRouted } from './routed-leg'
import { isRouted } from './travel'
import { agreementOf, type HopEvidence, type Verification } from './verification'
import { Fleet } from '../walk/fleet'
import type { WalkMemory } from '../walk/walk-memory'

/** What the last verification of this very path found. */
type LastEvidence = Pick<Verification, 'id' | 'startedAt' | 'hops' | 'verdict' | 'firstBadHopId'>

export interface PathInput extends SidesInput {
  /** Whether each host could be read, by its id. */
  readonly health?: ReadonlyMap<string, HostHealth>
  readonly lastEvidence?: LastEvidence | null
  readonly revision?: Path['revision']
  /** What computing earlier paths left; only the time depends on it. */
  readonly memory?: WalkMemory
}

export interface PathDrawing {
  readonly path: Path
  /** By host, what of its reading the path rests on. */
  readonly crossed: ReadonlyMap<string, HostScope>
}

/** Source and destination as end.ts has them. */
export function computePath(input: PathInput, source: string, destination: string): Path | NoPath {
  const drawn = drawPath(input, source, destination)
  return 'path' in drawn ? drawn.path : drawn
}

export function drawPath(known: PathInput, source: string, destination: string): PathDrawing | NoPath {
  const input = { ...known, topology: localized(known.topology, source, destination) }
  const problem = findObstacle(input.topology, source, destination)
  if (problem) return problem
  const sides = sidesOf(input, source, destination)
  if (!sides) return { code: 'not_bound', params: { port: null, isOnHost: false } }
  const { near, far } = sides
  const gates = isRouted({ source: near.endpoint, destination: far.endpoint }) ? gatesOf(input, sides) : null
  const gap = findGap(input.topology, sides, gates !== null)
  if (gap) return gap
  const evidence = input.lastEvidence ?? null
  const outside = outsideOf(input.topology, input.observations, sides)
  const observed = new Fleet(pathFleet(input.topology, input.observations, outside), input.memory)
  const views = new Map([...input.observations].map(([hostId, observation]) => [hostId, new HostView(observation)]))
  const { forth, back } = withTraffic(
    numberedAlike(legsOf({ observed, views }, sides, gates), { source: near.endpoint }),
    evidence?.hops ?? [],
  )
  const path: Path = {
    source: near.endpoint,
    destination: far.endpoint,
    networkType: near.network.type,
    segmentationId: near.network.segmentationId,
    forth,
    back,
    hosts: pathHosts(input, [near, far], [...forth.hops, ...back.hops]),
    evidence: evidence && { verificationId: evidence.id, startedAt: evidence.startedAt },
    revision: input.revision ?? null,
    ...nestedHosts([near, far]),
    verdict: firstDisagreement([...forth.hops, ...back.hops], evidence),
  }
  const looked = [near, far].flatMap((side) => [side, ...side.carriers]).flatMap(({ view }) => view ?? [])
  return {
    path,
    crossed: crossedParts({
      hops: [...forth.hops, ...back.hops],
      visited: [...observed.visited.values()],
      views: [...looked, ...views.values()],
    }),
  }
}

export { isPath } from './is-path'

type Legs = Pick<Path, 'forth' | 'back'>

interface Observed {
  readonly observed: Fleet
  /** By host. */
  readonly views: ReadonlyMap<string, HostView>
}

function legsOf({ observed, views }: Observed, { near, far }: PathSides, gates: Gates | null): Legs {
  const back = { near: turned(far), far: turned(near) }
  if (gates) return drawRouted({ observed, gates, viewOf: (hostId) => views.get(hostId) ?? null }, { near, far }, back)
  const design = designFleet([near, far])
  const follow = ({ near: from, far: to }: PathSides, before?: FollowedLeg) =>
    followLeg(observed, from, to, drawLeg({ design, observed, from, to }), before)
  const forth = follow({ near, far })
  return { forth: forth.leg, back: follow(back, forth).leg }
}

function withTraffic({ forth, back }: Legs, seen: readonly HopEvidence[]): Legs {
  const byHop = new Map(seen.map((each) => [each.hopId, each]))
  const marked = ({ hops }: Leg): Leg => ({
    hops: hops.map((hop) => ({ ...hop, traffic: agreementOf(byHop.get(hop.id)?.status ?? 'unchecked') })),
  })
  return { forth: marked(forth), back: marked(back) }
}

/** Those of the ends with what they run on, and those between, where a router stands. */
function pathHosts({ topology, observations, health }: PathInput, sides: readonly PathSide[], hops: readonly PathHop[]): PathHost[] {
  const ids = [
    ...sides.flatMap((side) => [side, ...side.carriers].map(({ host }) => host.id)),
    ...hops.flatMap(({ place: { hostId } }) => hostId ?? []),
  ]
  return [...new Set(ids)].map((id): PathHost => {
    const known = health?.get(id)
    const name = topology.hosts.find((host) => host.id === id)?.name ?? id
    return { id, name, observedAt: observations.get(id)?.observedAt ?? null, trouble: known && isTroubled(known) ? known : null }
  })
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

const turned = (side: PathSide): PathSide => ({ ...side, end: side.end === 'source' ? 'destination' : 'source' })

/** The first hop, on the way forth and then on the way back, on which any of the three truths disagrees. */
function firstDisagreement(hops: readonly PathHop[], evidence: LastEvidence | null): Path['verdict'] {
  const hop = hops.find(({ id, intent, host }) => intent === 'differs' || host === 'differs' || id === evidence?.firstBadHopId)
  if (!hop) return null
  const isTraffic = hop.id === evidence?.firstBadHopId
  const finding = hop.finding ?? (isTraffic ? evidence.verdict : null)
  return finding && { hopId: hop.id, finding }
}
