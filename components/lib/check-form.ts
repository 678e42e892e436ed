// What a form finds wrong by itself: its values, as they would be sent, against the schema that the API parses with. Same words, same
// fields. Pure; rules that need the design are the server's.

import type { z } from 'zod'

import type { ApiIssue } from '@/server/core/api-types'
import { inputIssues } from '@/server/core/explain/input-problem'

import { belongsTo } from './app-error'
import { changedSince } from './changed-fields'

/** `initial`: what was there when the operator began to type. */
export type Check<T> = (values: T, initial: T) => readonly ApiIssue[]

export const foundNothing: Check<unknown> = () => []

export const checkInput =
  <T>(schema: z.ZodType, toInput: (values: T, initial: T) => unknown): Check<T> =>
  (values, initial) => {
    const { error } = schema.safeParse(toInput(values, initial))
    return error ? inputIssues(error) : []
  }

/** Of an object that is there: only what was changed is sent, so only that can be wrong. */
export const checkPatch = <T>(schema: z.ZodType, toPatch: (values: T) => object): Check<T> =>
  checkInput(schema, (values, initial) => changedSince(toPatch(initial), toPatch(values)))

/** Before the form was sent for the first time, nobody is told of a field that was not left yet. */
export const shownIssues = (issues: readonly ApiIssue[], isTried: boolean, left: readonly string[]): readonly ApiIssue[] =>
  isTried ? issues : issues.filter(({ field }) => field !== null && left.some((at) => belongsTo(field, at)))
