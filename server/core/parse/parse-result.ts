// What a parser hands back. One value: a tagged result, never a throw. Many lines: the value and what was not understood,
// verbatim. Spans are half-open character ranges of the text that was given, so a screen can underline the source.

import type { Unparsed } from '../host/observation'
import type { UnparsedParams, UnparsedReason } from '../host/unparsed-params'

export interface Span {
  readonly start: number
  readonly end: number
}

interface ParseError {
  readonly reason: UnparsedReason
  readonly text: string
  readonly span: Span
}

export interface ParseFailure {
  readonly ok: false
  readonly error: ParseError
}

export type ParseResult<T> = { readonly ok: true; readonly value: T } | ParseFailure

/** Result of a parser that reads many items: what it understood, and the rest. */
export interface Parsed<T> {
  readonly value: T
  readonly unparsed: readonly Unparsed[]
}

/** Longest text quoted back in an error or an Unparsed: hosts may send megabytes. */
const MAX_QUOTED_TEXT = 2000
/** Longest text of a host in a reason: a word of a line that is quoted beside it, or what a program said last. */
export const MAX_REASON_TEXT = 300

export const parsed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export function failed(reason: UnparsedReason, text: string, span: Span = { start: 0, end: text.length }): ParseFailure {
  return { ok: false, error: { reason: shortReason(reason), text: quoted(text), span } }
}

/** With its length where it is cut (explain/unparsed.ts says it). */
export const quoted = (text: string): string =>
  text.length > MAX_QUOTED_TEXT ? `${text.slice(0, MAX_QUOTED_TEXT)}… [${text.length}]` : text

export const unparsed = (section: string, text: string, reason: UnparsedReason): Unparsed => ({
  section,
  text: quoted(text),
  reason: shortReason(reason),
})

/** Its texts cut where they are longer than that. Reasons are kept wherever their piece is, and in the plans that were held up by it. */
export function shortReason(reason: UnparsedReason, most = MAX_REASON_TEXT): UnparsedReason {
  const isLong = (value: unknown): value is string => typeof value === 'string' && value.length > most
  const params = Object.entries(reason.params)
  if (!params.some(([, value]) => isLong(value))) return reason
  const short = params.map(([name, value]) => [name, isLong(value) ? `${value.slice(0, most - 1)}…` : value])
  return { ...reason, params: Object.fromEntries(short) } as UnparsedReason
}

type Thing = UnparsedParams['not-a']['what']
export const notA = (what: Thing): UnparsedReason => ({ code: 'not-a', params: { what } })

/** All values, or the first error. */
export function collect<T, R>(items: readonly T[], parse: (item: T) => ParseResult<R>): ParseResult<readonly R[]> {
  const values: R[] = []
  for (const item of items) {
    const result = parse(item)
    if (!result.ok) return result
    values.push(result.value)
  }
  return parsed(values)
}

/** Every item that parses; the others become Unparsed of the section. */
export function parseEach<T>(items: readonly string[], section: string, parse: (item: string) => ParseResult<T>): Parsed<readonly T[]> {
  const value: T[] = []
  const rest: Unparsed[] = []
  for (const item of items) {
    const result = parse(item)
    if (result.ok) value.push(result.value)
    else rest.push(unparsed(section, item, result.error.reason))
  }
  return { value, unparsed: rest }
}
