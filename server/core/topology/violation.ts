// A broken rule, as a value: which rule, the values its sentence needs (rule-params.ts), the objects in conflict, and the input field
// it belongs to. Edits return them; the store turns them into one AppError.

import type { RuleParams } from './rule-params'

type Rule = keyof RuleParams
/** A rule with the values that belong to it. */
type Broken<R extends Rule = Rule> = { [Each in R]: { readonly rule: Each; readonly params: Readonly<RuleParams[Each]> } }[R]

export type Violation = Broken & {
  /** `conflict` when other objects are involved, `not_found` when an id names nothing. */
  readonly code: 'invalid_input' | 'conflict' | 'not_found'
  /** Dotted path in the input; null when no single field is to blame. */
  readonly field: string | null
  /** Names of the objects in conflict. */
  readonly objects: readonly string[]
}

type Place = Pick<Violation, 'code' | 'field' | 'objects'>

// The compiler does not see that a rule and the values of the same rule are one of the pairs.
const broken = <R extends Rule>(rule: R, params: Readonly<RuleParams[R]>, place: Place): Violation =>
  ({ rule, params, ...place }) as Violation

export const invalid = <R extends Rule>(rule: R, field: string | null, params: Readonly<RuleParams[R]>): Violation =>
  broken(rule, params, { code: 'invalid_input', field, objects: [] })

export const conflict = <R extends Rule>(
  rule: R,
  field: string | null,
  params: Readonly<RuleParams[R]>,
  objects: readonly string[],
): Violation => broken(rule, params, { code: 'conflict', field, objects })

export const missing = (kind: RuleParams['known-object']['kind'], field: string | null): Violation =>
  broken('known-object', { kind }, { code: 'not_found', field, objects: [] })
