// The one check of rights, for procedures (trpc.ts) and for what is answered without tRPC (route.ts). Nothing is read or done before it.

import { AppError } from '@/server/core/app-error'
import { explainMissingRight } from '@/server/core/explain/right'
import type { Actor } from '@/server/core/rights/actor'
import type { Right } from '@/server/core/rights/rights'

/** Throws `forbidden`. */
export function requireRight(actor: Actor, right: Right): void {
  if (!actor.rights.has(right)) throw new AppError('forbidden', explainMissingRight(actor, right), { rule: 'right-needed', right })
}
