// A broken rule, as a value: which rule, a sentence that names its sense and the objects in conflict, and the input field
// it belongs to. Edits return them; the store turns them into one AppError.

export interface Violation {
  /** `conflict` when other objects are involved, `not_found` when an id names nothing. */
  readonly code: 'invalid_input' | 'conflict' | 'not_found'
  /** Short name of the rule, kebab-case, stable: tests and docs refer to it. */
  readonly rule: string
  readonly message: string
  /** Dotted path in the input; null when no single field is to blame. */
  readonly field: string | null
  /** Names of the objects in conflict. */
  readonly objects: readonly string[]
}

export const invalid = (rule: string, field: string | null, message: string): Violation => ({
  code: 'invalid_input',
  rule,
  message,
  field,
  objects: [],
})

export const conflict = (
  rule: string,
  field: string | null,
  message: string,
  objects: readonly string[],
): Violation => ({ code: 'conflict', rule, message, field, objects })

export const missing = (kind: string, field: string | null): Violation => ({
  code: 'not_found',
  rule: 'known-object',
  message: `This ${kind} does not exist, or no longer.`,
  field,
  objects: [],
})
