import type { ChangeAction, FieldChange } from '@/server/core/plan/change'

interface FieldChangesProps {
  readonly action: ChangeAction
  readonly fields: readonly FieldChange[]
}

/** One line, cut at its end: "tag 4095 → 3", or the values of something new. The name has a column of its own. */
export function FieldChanges({ action, fields }: FieldChangesProps) {
  const shown = fields.filter((field) => action === 'change' || (field.field !== 'name' && valueOf(action, field) !== null))
  if (shown.length === 0) return null
  return (
    <span className="block min-w-0 truncate font-mono text-xs" title={shown.map((field) => fieldText(action, field)).join('\n')}>
      {shown.map((field) => (
        <span key={field.field} className="mr-3">
          <span className="text-faint">{field.field} </span>
          {action === 'change' && <span className="text-bad line-through">{field.from ?? 'none'}</span>}
          {action === 'change' && ' → '}
          <span className={action === 'remove' ? 'text-dim' : 'text-ink'}>{valueOf(action, field) ?? 'none'}</span>
        </span>
      ))}
    </span>
  )
}

const valueOf = (action: ChangeAction, field: FieldChange): string | null => (action === 'remove' ? field.from : field.to)

const fieldText = (action: ChangeAction, field: FieldChange): string =>
  action === 'change'
    ? `${field.field}: ${field.from ?? 'none'} → ${field.to ?? 'none'}`
    : `${field.field}: ${valueOf(action, field) ?? 'none'}`
