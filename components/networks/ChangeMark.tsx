import clsx from 'clsx'

import { actionSign, actionWord } from '@/server/core/explain/object-change'
import type { ChangeAction } from '@/server/core/plan/change'

const TEXT: Record<ChangeAction, string> = { create: 'text-ok', change: 'text-warn', remove: 'text-bad' }

/** + ~ − before the name of what changed since the last applied revision. Takes its room also when nothing changed. */
export function ChangeMark({ action }: { readonly action: ChangeAction | null }) {
  const words = action ? `${actionWord[action]} since the last applied revision` : undefined
  return (
    <span title={words} className={clsx('inline-block w-3 shrink-0 font-mono', action && TEXT[action])}>
      {action && (
        <>
          <span aria-hidden>{actionSign[action]}</span>
          <span className="sr-only">{words}</span>
        </>
      )}
    </span>
  )
}
