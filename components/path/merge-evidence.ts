// Evidence of a verification → the traffic mark of each hop. What it did not look at is not checked.

import type { PathHop } from '@/server/core/path/path'
import { agreementOf, type HopEvidence } from '@/server/core/path/verification'

export function mergeEvidence(hops: readonly PathHop[], evidence: readonly HopEvidence[]): readonly PathHop[] {
  const byHop = new Map(evidence.map((each) => [each.hopId, each.status]))
  return hops.map((hop) => ({ ...hop, traffic: agreementOf(byHop.get(hop.id) ?? 'unchecked') }))
}
