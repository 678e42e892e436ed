// Captures and counters → one measure per hop, and the same as sightings for the verdict.

import { countMatching } from '@/server/core/packet/count-matching'
import { crossingsBy, type FlowGrowth } from '@/server/core/path/counter-delta'
import { expectationsOf, ttlAt, type TtlOffsets } from '@/server/core/path/expectations'
import type { HopMeasure } from '@/server/core/path/hop-evidence'
import type { Path, PathHop } from '@/server/core/path/path'
import {
  type CaptureCounts,
  type HopSighting,
  noSighting,
  sightingOfCapture,
  sightingOfCounter,
  sightingOfPart,
} from '@/server/core/path/sighting'
import { hopOnTheWayBack, isRouted, travelOf } from '@/server/core/path/travel'
import type { EvidenceNote } from '@/server/core/path/verdict-params'
import type { CapturedHop } from './capture-set'
import type { CounterPair } from './counter-pair'

export interface Measurements {
  readonly captures: ReadonlyMap<string, CapturedHop>
  readonly counters: CounterPair
  /** Why a host could not be read, by host id. */
  readonly hostProblems: ReadonlyMap<string, EvidenceNote>
  readonly transmitted: number
  readonly ttls: TtlOffsets
}

/** Each end sends with a TTL of its own: from there on a router takes one, and nothing else does. */
export function ttlOffsets(path: Path, captures: Measurements['captures']): TtlOffsets {
  const offsetOf = (kind: 'echo-request' | 'echo-reply'): number | null => {
    for (const hop of travelOf(path, kind)) {
      const { forth, back } = waysBy(path, hop)
      const way = kind === 'echo-request' ? forth : back
      const expected = way && ttlAt(way)
      const wanted = expectationsOf(forth, back, isRouted(path))[kind]
      const { sample } = countMatching(captures.get(hop.id)?.packets ?? [], wanted)
      const seen = sample?.shape.ipv4?.ttl
      if (seen !== undefined && expected != null) return seen - expected
    }
    return null
  }
  return { request: offsetOf('echo-request'), reply: offsetOf('echo-reply') }
}

/** What the way forth has at a place counts the requests, what the way back has there counts the replies. */
export function measureHop(path: Path, hop: PathHop, measurements: Measurements): HopMeasure {
  const hostProblem = hop.place.hostId === null ? undefined : measurements.hostProblems.get(hop.place.hostId)
  if (hostProblem !== undefined) return { method: 'none', problem: hostProblem }
  if (measurements.captures.size === 0 && measurements.transmitted === 0)
    return { method: 'none', problem: { code: 'nothing-sent', params: {} } }
  if (hop.proof.method === 'capture') return measureCapture(path, hop, measurements.captures.get(hop.id), measurements.ttls)
  if (hop.proof.method === 'flow-counter') return measureCounter(path, hop, measurements)
  return { method: 'none', problem: null }
}

function measureCapture(path: Path, hop: PathHop, captured: CapturedHop | undefined, ttls: TtlOffsets): HopMeasure {
  if (!captured) return { method: 'none', problem: { code: 'shown-by-neighbours', params: {} } }
  const { packets, captureId, problem } = captured
  if (packets === null) return { method: 'none', problem }
  const { forth, back } = waysBy(path, hop)
  const expected = expectationsOf(forth, back, isRouted(path), ttls)
  const counts: CaptureCounts = {
    'arp-request': countMatching(packets, expected['arp-request']),
    'arp-reply': countMatching(packets, expected['arp-reply']),
    'echo-request': countMatching(packets, expected['echo-request']),
    'echo-reply': countMatching(packets, expected['echo-reply']),
  }
  return { method: 'capture', captured: counts, captureId, isWhole: problem === null, note: problem }
}

function measureCounter(path: Path, hop: PathHop, { counters, transmitted }: Measurements): HopMeasure {
  const own = counters.growth(hop)
  if ('code' in own) return { method: 'none', problem: own }
  const ways = waysBy(path, hop)
  const forth = ways.forth === hop ? own : null
  const backwards = ways.back && counters.growth(ways.back, (bridge) => transmitted * crossingsForth(path, ways.back!, bridge))
  const wasReset = own.wasReset || (isGrowth(backwards) && backwards.wasReset)
  const number = (growth: FlowGrowth) => (growth.wasReset && (growth.packets ?? 0) < transmitted ? null : growth.packets)
  return {
    method: 'flow-counter',
    forth: forth && number(forth),
    back: isGrowth(backwards) ? number(backwards) : null,
    note: wasReset ? { code: 'counters-restarted', params: {} } : null,
  }
}

/** Where a flow matches both ways, the requests have been counted before the replies come. */
const crossingsForth = ({ forth }: Path, hop: PathHop, bridge: string): number =>
  crossingsBy(
    keysOf(hop),
    forth.hops.filter(({ place }) => place.hostId === hop.place.hostId).map((each) => ({ device: each.place.device, keys: keysOf(each) })),
    bridge,
  )

const keysOf = ({ proof }: PathHop): readonly string[] => (proof.method === 'flow-counter' ? proof.flowKeys : [])

/** A hop that only the way back comes by is its own twin. */
const waysBy = (path: Path, hop: PathHop): { readonly forth: PathHop | null; readonly back: PathHop | null } =>
  path.forth.hops.includes(hop) ? { forth: hop, back: hopOnTheWayBack(path, hop) ?? null } : { forth: null, back: hop }

const isGrowth = (growth: FlowGrowth | EvidenceNote | null): growth is FlowGrowth => growth !== null && !('code' in growth)

export function sightingOf(hop: PathHop, measure: HopMeasure, transmitted: number): HopSighting {
  if (measure.method === 'capture' && !measure.isWhole) return sightingOfPart(hop.id, measure.captured, transmitted)
  if (measure.method === 'capture') return sightingOfCapture(hop.id, measure.captured)
  if (measure.method === 'none') return noSighting(hop.id)
  return sightingOfCounter(hop.id, { ...measure, countsBroadcasts: keysOf(hop).some((key) => !/[/,]dl_dst=/.test(key)) })
}
