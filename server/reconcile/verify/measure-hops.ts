// Captures and counters → one measure per hop, and the same as sightings for the verdict.

import { countMatching } from '@/server/core/packet/count-matching'
import type { FlowGrowth } from '@/server/core/path/counter-delta'
import { expectationsOf } from '@/server/core/path/expectations'
import type { HopMeasure } from '@/server/core/path/hop-evidence'
import type { Path, PathHop } from '@/server/core/path/path'
import { type CaptureCounts, type HopSighting, hopOnTheWayBack, noSighting, sightingOfCapture, sightingOfCounter, sightingOfPart } from '@/server/core/path/sighting'
import type { EvidenceNote } from '@/server/core/path/verdict-params'
import type { CapturedHop } from './capture-set'
import type { CounterPair } from './counter-pair'

export interface Measurements {
  readonly captures: ReadonlyMap<string, CapturedHop>
  readonly counters: CounterPair
  /** Why a host could not be read, by host id. */
  readonly hostProblems: ReadonlyMap<string, EvidenceNote>
  readonly transmitted: number
}

/** A hop of the way forth; what the way back has at the same place counts the replies. */
export function measureHop(path: Path, hop: PathHop, measurements: Measurements): HopMeasure {
  const hostProblem = hop.place.hostId === null ? undefined : measurements.hostProblems.get(hop.place.hostId)
  if (hostProblem !== undefined) return { method: 'none', problem: hostProblem }
  if (measurements.captures.size === 0 && measurements.transmitted === 0) return { method: 'none', problem: { code: 'nothing-sent', params: {} } }
  if (hop.proof.method === 'capture') return measureCapture(path, hop, measurements.captures.get(hop.id))
  if (hop.proof.method === 'flow-counter') return measureCounter(path, hop, measurements)
  return { method: 'none', problem: null }
}

function measureCapture(path: Path, hop: PathHop, captured: CapturedHop | undefined): HopMeasure {
  if (!captured) return { method: 'none', problem: { code: 'shown-by-neighbours', params: {} } }
  const { packets, captureId, problem } = captured
  if (packets === null) return { method: 'none', problem }
  const expected = expectationsOf(hop, hopOnTheWayBack(path, hop) ?? null)
  const counts: CaptureCounts = {
    'arp-request': countMatching(packets, expected['arp-request']),
    'arp-reply': countMatching(packets, expected['arp-reply']),
    'echo-request': countMatching(packets, expected['echo-request']),
    'echo-reply': countMatching(packets, expected['echo-reply']),
  }
  return { method: 'capture', captured: counts, captureId, isWhole: problem === null, note: problem }
}

function measureCounter(path: Path, hop: PathHop, { counters, transmitted }: Measurements): HopMeasure {
  const [forth, returning] = [counters.growth(hop), hopOnTheWayBack(path, hop)]
  if ('code' in forth) return { method: 'none', problem: forth }
  const backwards = returning ? counters.growth(returning) : null
  const wasReset = forth.wasReset || (isGrowth(backwards) && backwards.wasReset)
  const number = (growth: FlowGrowth) => (growth.wasReset && (growth.packets ?? 0) < transmitted ? null : growth.packets)
  return {
    method: 'flow-counter',
    forth: number(forth),
    back: isGrowth(backwards) ? number(backwards) : null,
    note: wasReset ? { code: 'counters-restarted', params: {} } : null,
  }
}

const isGrowth = (growth: FlowGrowth | EvidenceNote | null): growth is FlowGrowth => growth !== null && !('code' in growth)

export function sightingOf(hop: PathHop, measure: HopMeasure, transmitted: number): HopSighting {
  if (measure.method === 'capture' && !measure.isWhole) return sightingOfPart(hop.id, measure.captured, transmitted)
  if (measure.method === 'capture') return sightingOfCapture(hop.id, measure.captured)
  if (measure.method === 'none') return noSighting(hop.id)
  const keys = hop.proof.method === 'flow-counter' ? hop.proof.flowKeys : []
  return sightingOfCounter(hop.id, { ...measure, countsBroadcasts: keys.some((key) => !/[/,]dl_dst=/.test(key)) })
}
