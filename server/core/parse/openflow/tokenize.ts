// Splits flow text into terms. Knows brackets and quotes, and nothing about OpenFlow: what a key means is a dictionary's
// business (match.ts, actions.ts). Idea: the key-value layer of Open vSwitch's python/ovs/flow/kv.py.
//
//   priority=2,in_port="qvof4513237-f5",dl_src=fa:16:3e:5e:1a:6f actions=learn(table=20,load:0->NXM_OF_VLAN_TCI[])
//
// becomes `priority` '=' `2`; `in_port` '=' `"qvof4513237-f5"`; …; `actions` '=' `learn(…)`.

import { failed, parsed, type ParseResult, type Span } from '../parse-result'

export interface Term {
  /** As it stands in the source. */
  readonly text: string
  readonly key: string
  /** What stood between key and value; '' for a bare word. */
  readonly delimiter: '' | '=' | ':' | '('
  /** Without the delimiter and, for '(', without the closing bracket. */
  readonly value: string
  readonly keySpan: Span
  readonly valueSpan: Span
  /** Key, delimiter, value and closing bracket. */
  readonly span: Span
}

/** Longest flow text accepted. The largest real ones (a learn, a flood to 500 tunnels) stay below 20,000. */
export const MAX_FLOW_TEXT = 200_000
/** OVS itself refuses to nest actions deeper than 64 KiB allows; nobody writes more than four levels. */
const MAX_DEPTH = 24

const [TAB, NEWLINE, RETURN, SPACE, QUOTE, OPEN, CLOSE, COMMA, COLON, EQUALS, BACKSLASH] = [
  9, 10, 13, 32, 34, 40, 41, 44, 58, 61, 92,
] as const

const isSeparator = (code: number): boolean => code === COMMA || code === SPACE || code === TAB || code === NEWLINE || code === RETURN
const isDelimiter = (code: number): boolean => code === EQUALS || code === COLON || code === OPEN

/** Reads the term that starts at or after `from`; null when only separators are left. */
export function readTerm(text: string, from: number): ParseResult<Term | null> {
  let start = from
  while (start < text.length && isSeparator(text.charCodeAt(start))) start++
  if (start >= text.length) return parsed(null)
  const keyEnd = scan(text, start, 'key')
  if (!keyEnd.ok) return keyEnd
  const end = keyEnd.value
  const delimiter = text.charAt(end)
  if (delimiter === '=' || delimiter === ':') return readValue(text, start, end, delimiter)
  if (delimiter === '(') return readBracket(text, start, end)
  return parsed(makeTerm(text, [start, end], '', [end, end], end))
}

/** Splits the whole text. */
export function tokenize(text: string): ParseResult<readonly Term[]> {
  if (text.length > MAX_FLOW_TEXT) return failed({ code: 'long-text', params: { characters: text.length } }, text)
  const terms: Term[] = []
  let position = 0
  for (;;) {
    const term = readTerm(text, position)
    if (!term.ok) return term
    if (term.value === null) return parsed(terms)
    if (term.value.span.end <= position) return failed({ code: 'no-sense', params: {} }, text.slice(position))
    terms.push(term.value)
    position = term.value.span.end
  }
}

function readValue(text: string, start: number, keyEnd: number, delimiter: '=' | ':'): ParseResult<Term> {
  const end = scan(text, keyEnd + 1, 'value')
  if (!end.ok) return end
  return parsed(makeTerm(text, [start, keyEnd], delimiter, [keyEnd + 1, end.value], end.value))
}

/** `ct(commit)`, and also `check_pkt_larger(1500)->NXM_NX_REG0[0]`: what follows the bracket belongs to the term. */
function readBracket(text: string, start: number, keyEnd: number): ParseResult<Term> {
  const end = scan(text, keyEnd, 'value')
  if (!end.ok) return end
  const close = text.lastIndexOf(')', end.value)
  const isPlain = close === end.value - 1
  return parsed(makeTerm(text, [start, keyEnd], '(', [keyEnd + 1, isPlain ? close : end.value], end.value))
}

/** Where the key or value ends that begins there: at the first separator outside quotes and, in a value, brackets, or with the text. */
function scan(text: string, from: number, what: 'key' | 'value'): ParseResult<number> {
  const isValue = what === 'value'
  let depth = 0
  let position = from
  for (; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (code === QUOTE) {
      const close = closingQuote(text, position)
      if (close < 0) return failed({ code: 'open-quote', params: {} }, text.slice(from), { start: position, end: text.length })
      position = close
    } else if (depth === 0 && (isSeparator(code) || (!isValue && isDelimiter(code)))) return parsed(position)
    else if (isValue && code === OPEN && ++depth > MAX_DEPTH) return failed({ code: 'many-brackets', params: {} }, text.slice(from))
    else if (isValue && code === CLOSE && --depth < 0) return failed({ code: 'stray-bracket', params: {} }, text.slice(from))
  }
  return depth === 0 ? parsed(position) : failed({ code: 'open-bracket', params: {} }, text.slice(from), { start: from, end: text.length })
}

function closingQuote(text: string, open: number): number {
  for (let position = open + 1; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (code === BACKSLASH) position++
    else if (code === QUOTE) return position
  }
  return -1
}

function makeTerm(
  text: string,
  [keyStart, keyEnd]: readonly [number, number],
  delimiter: Term['delimiter'],
  [valueStart, valueEnd]: readonly [number, number],
  end: number,
): Term {
  return {
    text: text.slice(keyStart, end),
    key: text.slice(keyStart, keyEnd),
    delimiter,
    value: text.slice(valueStart, valueEnd),
    keySpan: { start: keyStart, end: keyEnd },
    valueSpan: { start: valueStart, end: valueEnd },
    span: { start: keyStart, end },
  }
}
