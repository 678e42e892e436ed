// What a form finds wrong by itself: its values, as they would be sent, against the schema that the API parses with. Same words, same
// fields. Rules that need one field alone are asked too. Pure; those that need the design are the server's.

import { z } from 'zod'

import type { ApiIssue } from '@/server/core/api-types'
import { inputIssues } from '@/server/core/explain/input-problem'
import { ruleIssue } from '@/server/core/explain/violation'
import { checkDescription } from '@/server/core/topology/rules/descriptions'
import type { FieldRules } from '@/server/core/topology/kinds/kind'

import { belongsTo } from './app-error'
import { changedSince } from './changed-fields'

/** `initial`: what was there when the operator began to type. */
export type Check<T> = (values: T, initial: T) => readonly ApiIssue[]

export const foundNothing: Check<unknown> = () => []

/** Rules that need one field alone, by its name in the API (topology/kinds/kind.ts). */
type InputRules<Shape extends z.ZodRawShape> = FieldRules<{ readonly [F in keyof Shape]: z.output<Shape[F]> }>

export const checkInput =
  <T, Shape extends z.ZodRawShape>(
    schema: z.ZodObject<Shape>,
    toInput: (values: T, initial: T) => object,
    rules: InputRules<Shape> = {},
  ): Check<T> =>
  (values, initial) => {
    const input = toInput(values, initial)
    const { error } = schema.safeParse(input)
    return [...(error ? inputIssues(error) : []), ...brokenRules(schema.shape, input, { description: checkDescription, ...rules })]
  }

/** Of an object that is there: only what was changed is sent, so only that can be wrong. */
export const checkPatch = <T, Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  toPatch: (values: T) => object,
  rules: InputRules<Shape> = {},
): Check<T> => checkInput(schema, (values, initial) => changedSince(toPatch(initial), toPatch(values)), rules)

/** Of what is given, as the API would read it; what is of a wrong shape breaks no rule. */
function brokenRules(shape: z.ZodRawShape, input: object, rules: FieldRules<Readonly<Record<string, unknown>>>): readonly ApiIssue[] {
  return Object.entries(input).flatMap(([field, value]) => {
    const [schema, rule] = [shape[field], rules[field]]
    const parsed = schema && rule && z.safeParse(schema, value)
    return rule && parsed?.success && parsed.data != null ? rule(parsed.data).map(ruleIssue) : []
  })
}

/** Before the form was sent for the first time, nobody is told of a field that was not left yet. */
export const shownIssues = (issues: readonly ApiIssue[], isTried: boolean, left: readonly string[]): readonly ApiIssue[] =>
  isTried ? issues : issues.filter(({ field }) => field !== null && left.some((at) => belongsTo(field, at)))
