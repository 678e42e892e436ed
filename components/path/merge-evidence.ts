// Evidence of a verification → the traffic mark of each hop, and the verdict of the whole path: the first disagreement from
// the left, in the words of explain.

import { explainAgreeingPath, explainBrokenHop, firstBrokenHop, isBroken, isProvenPath } from '@/server/core/explain/path'
import { explainFirstBad, explainHopEvidence } from '@/server/core/explain/verification'
import type { Agreement, PathHop } from '@/server/core/path/path'
import type { HopEvidence } from '@/server/core/path/verification'

const trafficOf: Record<HopEvidence['status'], Agreement> = {
  ok: 'agrees',
  missing: 'differs',
  differs: 'differs',
  unchecked: 'unchecked',
}

export function mergeEvidence(hops: readonly PathHop[], evidence: readonly HopEvidence[]): readonly PathHop[] {
  if (evidence.length === 0) return hops
  const byHop = new Map(evidence.map((each) => [each.hopId, each]))
  return hops.map((hop) => {
    const found = byHop.get(hop.id)
    return found === undefined ? hop : { ...hop, traffic: trafficOf[found.status] }
  })
}

export interface PathVerdict {
  readonly status: 'ok' | 'bad' | 'unknown'
  /** The hop it is about; null when all agree. */
  readonly hopId: string | null
  readonly sentence: string
}

/** Hops already carry their evidence; the server's own sentence wins where it is about the same hop. */
export function pathVerdict(
  hops: readonly PathHop[],
  evidence: readonly HopEvidence[],
  known: { readonly hopId: string; readonly sentence: string } | null,
): PathVerdict {
  const broken = firstBrokenHop(hops)
  if (broken === null) {
    return { status: isProvenPath(hops) ? 'ok' : 'unknown', hopId: null, sentence: explainAgreeingPath(hops) }
  }
  return { status: 'bad', hopId: broken.id, sentence: brokenSentence(broken, evidence, known) }
}

function brokenSentence(
  broken: PathHop,
  evidence: readonly HopEvidence[],
  known: { readonly hopId: string; readonly sentence: string } | null,
): string {
  if (known?.hopId === broken.id) return known.sentence
  const isOnlyTraffic = !isBroken({ ...broken, traffic: 'unchecked' })
  const own = evidence.find((each) => each.hopId === broken.id)
  if (!isOnlyTraffic || own === undefined) return explainBrokenHop(broken)
  return (own.status === 'missing' ? explainFirstBad(evidence) : null) ?? explainHopEvidence(own)
}
