// How pending changes look on the canvas: green edge for new, halo for changed, ghost for what will go.

import type { Mark } from './graph-parts'

export const markClass = (mark: Mark): string => (mark === null ? '' : MARKS[mark])

const MARKS: Record<NonNullable<Mark>, string> = {
  create: 'outline-[1.5px] -outline-offset-1 outline-ok',
  change: 'shadow-[0_0_0_3px_var(--warn-soft),0_0_0_4.5px_var(--warn)]',
  remove: 'border-dashed border-bad! opacity-55',
}

export const markNameClass = (mark: Mark): string => (mark === 'remove' ? 'line-through decoration-bad' : '')
