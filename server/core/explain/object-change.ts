// Changes of the design and of host resources, as the plan's first tab, logs and goldens print them.

import type { ChangeAction, FieldChange, ObjectChange } from '../plan/change'
import { kindOf, perKind } from '../topology/kinds/kinds'
import type { Kind } from '../topology/topology'
import { plural } from './words'

export const actionSign: Record<ChangeAction, string> = { create: '+', change: '~', remove: '−' }
export const actionWord: Record<ChangeAction, string> = { create: 'created', change: 'changed', remove: 'removed' }

export const objectKindWord: Readonly<Record<Kind, string>> = perKind((kind) => kindOf(kind).words.one)

/** "+ network blue", "~ subnet web: gateway 10.0.0.1 → 10.0.0.254". */
export function explainObjectChange(change: ObjectChange): string {
  const head = `${actionSign[change.action]} ${objectKindWord[change.kind]} ${change.name}`
  if (change.action !== 'change' || change.fields.length === 0) return head
  return `${head}: ${change.fields.map(explainField).join(', ')}`
}

export const explainField = (field: FieldChange): string => `${field.field} ${field.from ?? 'none'} → ${field.to ?? 'none'}`

export type ActionCounts = Record<ChangeAction, number>

export function countActions(changes: readonly { readonly action: ChangeAction }[]): ActionCounts {
  const counts: ActionCounts = { create: 0, change: 0, remove: 0 }
  for (const change of changes) counts[change.action] += 1
  return counts
}

/** "3 new, 1 changed, 2 removed"; what is zero is left out. */
export function explainCounts(counts: ActionCounts): string {
  const parts = [
    counts.create > 0 ? `${counts.create} new` : '',
    counts.change > 0 ? `${counts.change} changed` : '',
    counts.remove > 0 ? `${counts.remove} removed` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'no changes' : parts.join(', ')
}

export const explainPendingCount = (count: number): string => (count === 0 ? 'No pending changes' : `${plural(count, 'pending change')}`)
