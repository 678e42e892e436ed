// Evidence of a verification → the traffic mark of each hop. What it did not look at is not checked.

import type { Agreement, PathHop } from '@/server/core/path/path'
import type { HopEvidence } from '@/server/core/path/verification'

const trafficOf: Record<HopEvidence['status'], Agreement> = {
  ok: 'agrees',
  missing: 'differs',
  differs: 'differs',
  unchecked: 'unchecked',
}

export function mergeEvidence(hops: readonly PathHop[], evidence: readonly HopEvidence[]): readonly PathHop[] {
  const byHop = new Map(evidence.map((each) => [each.hopId, each.status]))
  return hops.map((hop) => ({ ...hop, traffic: trafficOf[byHop.get(hop.id) ?? 'unchecked'] }))
}
