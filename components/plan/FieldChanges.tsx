import type { ChangeAction, FieldChange } from '@/server/core/plan/plan'

interface FieldChangesProps {
  readonly action: ChangeAction
  readonly fields: readonly FieldChange[]
}

/** One line: "tag 4095 → 3", or only the new values of something created. */
export function FieldChanges({ action, fields }: FieldChangesProps) {
  if (fields.length === 0) return null
  return (
    <span className="inline-flex max-w-full min-w-0 gap-x-3 overflow-hidden font-mono text-xs whitespace-nowrap">
      {fields.map((field) => (
        <span key={field.field} className="min-w-0 truncate" title={`${field.field}: ${field.from ?? 'none'} → ${field.to ?? 'none'}`}>
          <span className="text-faint">{field.field} </span>
          {action === 'change' && <span className="text-bad line-through">{field.from ?? 'none'}</span>}
          {action === 'change' && ' → '}
          <span className={action === 'remove' ? 'text-dim' : 'text-ink'}>{(action === 'remove' ? field.from : field.to) ?? 'none'}</span>
        </span>
      ))}
    </span>
  )
}
