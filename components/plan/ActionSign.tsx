import clsx from 'clsx'

import { actionSign, actionWord } from '@/server/core/explain/object-change'
import type { ChangeAction } from '@/server/core/plan/change'

import { actionText } from './action-style'

/** +, ~ or −, always with its word for those who do not see it. */
export function ActionSign({ action }: { readonly action: ChangeAction }) {
  return (
    <span className={clsx('inline-block w-3 shrink-0 text-center font-mono font-semibold', actionText[action])}>
      <span aria-hidden>{actionSign[action]}</span>
      <span className="sr-only">{actionWord[action]}</span>
    </span>
  )
}
