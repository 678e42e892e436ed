// + green, ~ amber, − red, ⟳ rebuilt: one record, so that a change looks the same in the plan, on the canvas and in a revision.

import type { ImpactKind } from '@/server/core/plan/plan'
import type { ChangeAction } from '@/server/core/plan/change'

export const actionText: Record<ChangeAction, string> = { create: 'text-ok', change: 'text-warn', remove: 'text-bad' }

export const impactSign: Record<ImpactKind, string> = { new: '+', interrupted: '~', rebuilt: '⟳', removed: '−', filtered: '≠' }

export const impactText: Record<ImpactKind, string> = {
  new: 'text-ok',
  interrupted: 'text-warn',
  rebuilt: 'text-warn',
  removed: 'text-bad',
  filtered: 'text-warn',
}
