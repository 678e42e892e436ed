// The events of a verification → its state so far. Evidence of a hop replaces earlier evidence of the same hop, so folding
// the same events again changes nothing: after a lost connection the stream may repeat itself.

import { explainStage } from '@/server/core/explain/evidence'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'

export interface VerificationProgress {
  readonly verification: Verification
  /** What is being done now; null before the first word and after the last. */
  readonly message: string | null
}

export function foldVerification(progress: VerificationProgress, event: VerificationEvent): VerificationProgress {
  const { verification } = progress
  if (event.verificationId !== verification.id) return progress
  switch (event.type) {
    case 'progress':
      return { ...progress, message: explainStage(event.stage) }
    case 'hop': {
      const { evidence } = event
      const isKnown = verification.hops.some((hop) => hop.hopId === evidence.hopId)
      const hops = isKnown
        ? verification.hops.map((hop) => (hop.hopId === evidence.hopId ? evidence : hop))
        : [...verification.hops, evidence]
      return { ...progress, verification: { ...verification, hops } }
    }
    case 'finished':
      return { verification: event.verification, message: null }
  }
}
