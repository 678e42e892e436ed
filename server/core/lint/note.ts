// What lint says about a design while it is drawn. An error is refused by the edits (rules/wire-rules.ts), so it is seen only in
// designs that came about otherwise; a warning is told and stands.

import type { Kind } from '../topology/print-fields'

export interface NoteObject {
  readonly kind: Kind
  readonly id: string
  readonly name: string
}

export interface Note {
  /** Kebab-case, stable. */
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly objects: readonly NoteObject[]
}
