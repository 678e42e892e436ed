// A plan → the lines of its "Objects" tab: the design's changes, then host by host and kind by kind what changes there.
// Flat, so that thousands of lines can be drawn a window at a time.

import { objectKindWord } from '@/server/core/explain/object-change'
import { type HostStateKind, kindNames } from '@/server/core/host/host-state'
import { kindOf } from '@/server/core/kinds/kinds'
import type { HostPlan, Plan, ResourceChange } from '@/server/core/plan/plan'
import type { ChangeAction, FieldChange, ObjectChange } from '@/server/core/plan/change'

export type PlanRow =
  | { readonly type: 'section'; readonly id: string; readonly label: string; readonly count: number }
  | { readonly type: 'group'; readonly id: string; readonly label: string; readonly count: number }
  | {
      readonly type: 'change'
      readonly id: string
      readonly action: ChangeAction
      readonly kind: string
      readonly label: string
      readonly fields: readonly FieldChange[]
    }

export function planRows(plan: Pick<Plan, 'objects' | 'hosts'>, filter: string): readonly PlanRow[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return [...designRows(plan.objects, words), ...plan.hosts.flatMap((host) => hostRows(host, words))]
}

/** Changes in the rows; headings do not count. */
export const countChanges = (rows: readonly PlanRow[]): number => rows.filter((row) => row.type === 'change').length

function designRows(objects: readonly ObjectChange[], words: readonly string[]): readonly PlanRow[] {
  const shown = objects.filter((each) => hasWords(words, ['design', objectKindWord[each.kind], each.name, each.id, ...values(each.fields)]))
  if (shown.length === 0) return []
  const rows = shown.map((each): PlanRow => ({
    type: 'change',
    id: `design/${each.kind}/${each.id}`,
    action: each.action,
    kind: objectKindWord[each.kind],
    label: each.name,
    fields: each.fields,
  }))
  return [{ type: 'section', id: 'design', label: 'Design', count: shown.length }, ...rows]
}

function hostRows(host: HostPlan, words: readonly string[]): readonly PlanRow[] {
  const shown = host.changes.filter((each) =>
    hasWords(words, [host.hostName, kindOf(each.kind).heading, each.label, ...values(each.fields)]),
  )
  if (shown.length === 0) return []
  const groups = kindNames.flatMap((kind) =>
    kindRows(
      host,
      kind,
      shown.filter((each) => each.kind === kind),
    ),
  )
  return [{ type: 'section', id: host.hostId, label: host.hostName, count: shown.length }, ...groups]
}

function kindRows(host: HostPlan, kind: HostStateKind, changes: readonly ResourceChange[]): readonly PlanRow[] {
  if (changes.length === 0) return []
  const rows = changes.map((each): PlanRow => ({
    type: 'change',
    id: `${host.hostId}/${kind}/${each.key}`,
    action: each.action,
    kind: '',
    label: each.label,
    fields: each.fields,
  }))
  return [{ type: 'group', id: `${host.hostId}/${kind}`, label: kindOf(kind).heading, count: changes.length }, ...rows]
}

const values = (fields: readonly FieldChange[]): readonly string[] => fields.flatMap((each) => [each.field, each.from ?? '', each.to ?? ''])

function hasWords(words: readonly string[], texts: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = texts.join(' ').toLowerCase()
  return words.every((word) => text.includes(word))
}
