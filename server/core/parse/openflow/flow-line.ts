// One line of `ovs-ofctl dump-flows`, or one flow as we write it for `ovs-ofctl add-flow`, as terms with their places in
// the text. Which term belongs to the flow itself, which to the match, is decided by key alone, so order does not matter:
//
//   cookie=0x0, duration=5.5s, table=20, n_packets=0, n_bytes=0, hard_timeout=300, priority=1,vlan_tci=0x0001/0x0fff actions=drop

import { failed, parsed, type ParseResult, type Span } from '../parse-result'
import { isMatchTerm } from './match'
import { MAX_FLOW_TEXT, readTerm, type Term } from './tokenize'

export interface FlowLine {
  /** The line as it came. */
  readonly text: string
  /** table, priority, cookie, counters, time-outs: key → text. */
  readonly settings: ReadonlyMap<string, string>
  /** Match terms in their order, with spans in `text`. */
  readonly match: readonly Term[]
  readonly actions: string
  readonly actionsSpan: Span
}

const valueSettings = new Set([
  'cookie', 'duration', 'table', 'n_packets', 'n_bytes', 'n_offload_packets', 'n_offload_bytes', 'idle_timeout', 'hard_timeout',
  'idle_age', 'hard_age', 'priority', 'importance',
]) // prettier-ignore
const wordSettings = new Set(['send_flow_rem', 'check_overlap', 'reset_counts', 'no_packet_counts', 'no_byte_counts'])

export function parseFlowLine(text: string): ParseResult<FlowLine> {
  if (text.length > MAX_FLOW_TEXT) return failed({ code: 'long-flow', params: { characters: text.length } }, text)
  const settings = new Map<string, string>()
  const match: Term[] = []
  for (let position = 0; ;) {
    const term = readTerm(text, position)
    if (!term.ok) return term
    if (term.value === null) return failed({ code: 'no-actions', params: {} }, text)
    const { key, valueSpan } = term.value
    if (key === 'actions' || key === 'action') return parsed(finish(text, settings, match, valueSpan.start))
    const failure = sortTerm(term.value, settings, match)
    if (failure) return failure
    position = term.value.span.end
  }
}

function sortTerm(term: Term, settings: Map<string, string>, match: Term[]): ReturnType<typeof failed> | null {
  const isSetting = (term.delimiter === '=' && valueSettings.has(term.key)) || (term.delimiter === '' && wordSettings.has(term.key))
  if (!isSetting && !isMatchTerm(term)) return failed({ code: 'unknown-key', params: { key: term.key } }, term.key, term.span)
  const isRepeated = isSetting ? settings.has(term.key) : match.some(({ key }) => key === term.key)
  if (isRepeated) return failed({ code: 'given-twice', params: { key: term.key } }, term.key, term.span)
  if (isSetting) settings.set(term.key, term.value)
  else match.push(term)
  return null
}

const finish = (text: string, settings: ReadonlyMap<string, string>, match: readonly Term[], start: number): FlowLine => ({
  text,
  settings,
  match,
  actions: text.slice(start),
  actionsSpan: { start, end: text.length },
})
