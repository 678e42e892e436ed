// The limits as they stand in the form's boxes, and what is wrong with them. Pure.

import {
  countBounds,
  dayBounds,
  mibBounds,
  retainedKinds,
  type Bounds,
  type Limit,
  type RetainedKind,
  type Retention,
} from '@/server/core/retention/retention'
import { retentionInput } from '@/server/core/retention/retention-input'

interface LimitValues {
  /** null is an empty box. */
  readonly count: number | null
  readonly days: Limit['days']
}

export interface RetentionValues extends Readonly<Record<RetainedKind, LimitValues>> {
  readonly captureMib: number | null
}

export type Boxes = Readonly<Record<string, Bounds>>

const boxes: Boxes = {
  ...Object.fromEntries(
    retainedKinds.flatMap((kind) => [
      [`${kind}.count`, countBounds[kind]],
      [`${kind}.days`, dayBounds],
    ]),
  ),
  captureMib: mibBounds,
}

/** null while a box holds what cannot be saved. */
export const toRetention = (values: RetentionValues): Retention | null => retentionInput.safeParse(values).data ?? null

/** Bounds of the boxes that are outside of them, by name: `runs.count`. */
export function outOfBounds(values: RetentionValues): Boxes {
  const { error } = retentionInput.safeParse(values)
  const names = new Set(error?.issues.map(({ path }) => path.join('.')))
  return Object.fromEntries(Object.entries(boxes).filter(([name]) => names.has(name)))
}
