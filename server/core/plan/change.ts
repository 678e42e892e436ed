// What changes: an object of the design, with its fields.

import type { Kind } from '../topology/topology'

export type ChangeAction = 'create' | 'change' | 'remove'

/** A change of the logical model since the last applied revision (tab "objects"). */
export interface ObjectChange {
  readonly action: ChangeAction
  readonly kind: Kind
  readonly id: string
  readonly name: string
  readonly fields: readonly FieldChange[]
}

export interface FieldChange {
  readonly field: string
  /** Printed values; null when absent. */
  readonly from: string | null
  readonly to: string | null
}
