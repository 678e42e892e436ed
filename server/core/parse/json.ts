// JSON that a tool printed → rows that a schema accepts. Keys that a newer tool adds are let through unread; a row that
// lacks what we need is Unparsed, and does not take its neighbours with it.
//
//   [{"ifindex":1,"ifname":"lo",…},{"ifindex":2,…}]

import type { z } from 'zod'
import type { Unparsed } from '../host/observation'
import type { UnparsedReason } from '../host/unparsed-params'
import { failed, notA, parsed, unparsed, type Parsed, type ParseResult } from './parse-result'
import { finish, type Steps } from './steps'

/** The tools nest five levels. Validation and printing recurse, so deeper text is refused before it is read. */
const MAX_DEPTH = 64

export function parseJson(text: string): ParseResult<unknown> {
  if (isDeeperThan(MAX_DEPTH, text)) return failed({ code: 'nested-deeply', params: {} }, text)
  try {
    return parsed(JSON.parse(text))
  } catch (error) {
    return failed({ code: 'not-json', params: { said: error instanceof Error ? error.message : '' } }, text)
  }
}

const [QUOTE, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [34, 91, 92, 93, 123, 125] as const

/** One pass over the characters; brackets inside strings do not count. */
function isDeeperThan(limit: number, text: string): boolean {
  let depth = 0
  let isInString = false
  for (let position = 0; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (code === BACKSLASH && isInString) position++
    else if (code === QUOTE) isInString = !isInString
    else if (isInString) continue
    else if (code === OPEN_LIST || code === OPEN_OBJECT) depth++
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--
    if (depth > limit) return true
  }
  return false
}

/** An array of objects; empty text is an empty array, as older iproute2 prints it. */
export function parseRows<T>(text: string, section: string, schema: z.ZodType<T>): Parsed<readonly T[]> {
  if (text.trim() === '') return { value: [], unparsed: [] }
  const json = parseJson(text)
  if (!json.ok) return { value: [], unparsed: [unparsed(section, text, json.error.reason)] }
  if (!Array.isArray(json.value)) return { value: [], unparsed: [unparsed(section, text, notA('list'))] }
  return readRows(json.value, section, schema)
}

export const readRows = <T>(rows: readonly unknown[], section: string, schema: z.ZodType<T>): Parsed<readonly T[]> =>
  finish(rowSteps(rows, section, schema))

/** Rows between two pauses: a schema takes up to 50 µs for one while nothing is compiled. */
const SLICE = 100

export function* rowSteps<T>(rows: readonly unknown[], section: string, schema: z.ZodType<T>): Steps<Parsed<readonly T[]>> {
  const value: T[] = []
  const rest: Unparsed[] = []
  for (const [index, row] of rows.entries()) {
    const result = schema.safeParse(row)
    if (result.success) value.push(result.data)
    else rest.push(unparsed(section, JSON.stringify(row), noFit(result.error)))
    if ((index + 1) % SLICE === 0) yield
  }
  return { value, unparsed: rest }
}

export function noFit(error: z.ZodError): UnparsedReason {
  const issue = error.issues[0]
  return { code: 'no-fit', params: issue ? { path: issue.path.join('.'), said: issue.message } : {} }
}

/** Applies a step to what was understood, keeping what was not. */
export function mapParsed<T, R>(from: Parsed<T>, step: (value: T) => R): Parsed<R> {
  return { value: step(from.value), unparsed: from.unparsed }
}
