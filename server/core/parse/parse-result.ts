// What a parser hands back. One value: a tagged result, never a throw. Many lines: the value and what was not understood,
// verbatim. Spans are half-open character ranges of the text that was given, so a screen can underline the source.

import type { Unparsed } from '../host/observation'
import type { UnparsedParams, UnparsedReason } from '../host/unparsed-params'

export interface Span {
  readonly start: number
  readonly end: number
}

export interface ParseError {
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
export const MAX_QUOTED_TEXT = 2000

export const parsed = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value })

export function failed(reason: UnparsedReason, text: string, span: Span = { start: 0, end: text.length }): ParseFailure {
  return { ok: false, error: { reason, text: quoted(text), span } }
}

/** With its length where it is cut (explain/unparsed.ts says it). */
export const quoted = (text: string): string =>
  text.length > MAX_QUOTED_TEXT ? `${text.slice(0, MAX_QUOTED_TEXT)}… [${text.length}]` : text

export const unparsed = (section: string, text: string, reason: UnparsedReason): Unparsed => ({ section, text: quoted(text), reason })

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
export function parseEach<T>(
  items: readonly string[],
  section: string,
  parse: (item: string) => ParseResult<T>,
): Parsed<readonly T[]> {
  const value: T[] = []
  const rest: Unparsed[] = []
  for (const item of items) {
    const result = parse(item)
    if (result.ok) value.push(result.value)
    else rest.push(unparsed(section, item, result.error.reason))
  }
  return { value, unparsed: rest }
}
