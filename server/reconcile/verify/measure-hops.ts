// Captures and counters → one measure per hop, and the same as sightings for the verdict.

import { countMatching } from '@/server/core/packet/count-matching'
import { expectationsOf } from '@/server/core/path/expectations'
import type { HopMeasure } from '@/server/core/path/hop-evidence'
import type { Path, PathHop } from '@/server/core/path/path'
import { type CaptureCounts, type HopSighting, hopOnTheWayBack, noSighting, sightingOfCapture, sightingOfCounter } from '@/server/core/path/sighting'
import type { CapturedHop } from './capture-set'
import type { CounterPair } from './counter-pair'

export interface Measurements {
  readonly captures: ReadonlyMap<string, CapturedHop>
  readonly counters: CounterPair
  /** Why a host could not be read, by host id. */
  readonly hostProblems: ReadonlyMap<string, string>
  readonly transmitted: number
}

/** `back` is the same path drawn the other way: its flows count the replies. */
export function measureHop(path: Path, back: Path, hop: PathHop, measurements: Measurements): HopMeasure {
  const hostProblem = hop.hostId === null ? undefined : measurements.hostProblems.get(hop.hostId)
  if (hostProblem !== undefined) return { method: 'none', problem: hostProblem }
  if (hop.proof.method === 'capture') return measureCapture(path, hop, measurements.captures.get(hop.id))
  if (hop.proof.method === 'flow-counter') return measureCounter(back, hop, measurements)
  return { method: 'none', problem: null }
}

function measureCapture(path: Path, hop: PathHop, captured: CapturedHop | undefined): HopMeasure {
  if (!captured) return { method: 'none', problem: 'Not captured: its neighbours show the same frames' }
  const { packets, captureId, problem } = captured
  if (packets === null) return { method: 'none', problem }
  const expected = expectationsOf(path, hop)
  const counts: CaptureCounts = {
    'arp-request': countMatching(packets, expected['arp-request']),
    'arp-reply': countMatching(packets, expected['arp-reply']),
    'echo-request': countMatching(packets, expected['echo-request']),
    'echo-reply': countMatching(packets, expected['echo-reply']),
  }
  return { method: 'capture', captured: counts, captureId, note: problem }
}

function measureCounter(back: Path, hop: PathHop, { counters, transmitted }: Measurements): HopMeasure {
  const [forth, returning] = [counters.growth(hop), hopOnTheWayBack(back, hop)]
  if (typeof forth === 'string') return { method: 'none', problem: forth }
  const backwards = returning ? counters.growth(returning) : 'unknown'
  const wasReset = forth.wasReset || (typeof backwards !== 'string' && backwards.wasReset)
  const number = (growth: typeof forth) => (growth.wasReset && (growth.packets ?? 0) < transmitted ? null : growth.packets)
  return {
    method: 'flow-counter',
    forth: number(forth),
    back: typeof backwards === 'string' ? null : number(backwards),
    note: wasReset ? 'Its flows were written again during the ping, so their counters cannot be compared' : null,
  }
}

export function sightingOf(hop: PathHop, measure: HopMeasure): HopSighting {
  if (measure.method === 'capture') return sightingOfCapture(hop.id, measure.captured)
  if (measure.method === 'none') return noSighting(hop.id)
  const keys = hop.proof.method === 'flow-counter' ? hop.proof.flowKeys : []
  return sightingOfCounter(hop.id, { ...measure, countsBroadcasts: keys.some((key) => !/[/,]dl_dst=/.test(key)) })
}
