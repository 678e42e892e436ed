// Flow text → Flow with canonical match and actions. The same function reads what a host prints (any OpenFlow version,
// with or without counters, with port names) and what we write, so that equal flows are equal strings:
//
//   table=0,priority=9,in_port=qvo123,actions=resubmit(,25)
//   cookie=0x0, duration=1.2s, table=0, n_packets=6, n_bytes=252, priority=9,in_port="qvo123" actions=goto_table:25
//
// Canonical text is also valid input for `ovs-ofctl -O OpenFlow14 add-flow`, and writes the same flow again; ovs-ofctl judges that
// (judged-by-ofctl.root.test.ts).

import type { Flow } from '../../host/flow'
import { parsed, type ParseResult } from '../parse-result'
import type { Action } from './action'
import { canonicalActions } from './actions'
import { parseFlowLine } from './flow-line'
import { canonicalMatch, decodeMatchTerm, isMatchTerm, type MatchPart } from './match'
import { noPortNames, type PortNames } from './port-name'
import { MAX_FLOW_TEXT, readTerm } from './tokenize'
import { parseCount, parseNumber } from './values'

/** What ovs-ofctl uses when none is written (OFP_DEFAULT_PRIORITY). */
const DEFAULT_PRIORITY = 32768

/** Flows of one dump share terms (`in_port=4`, `arp`) and actions (`resubmit(,25)`): each text is decoded once. */
export interface FlowContext {
  readonly ports: PortNames
  /** null: not a match term, or not by itself. */
  readonly parts: Map<string, MatchPart | null>
  readonly priorities: Map<string, number | null>
  /** By whether the match admits only tagged frames. */
  readonly actions: { readonly tagged: ActionMemo; readonly untagged: ActionMemo }
}

/** Whole lists, and the actions that these are made of. */
interface ActionMemo {
  readonly lists: Map<string, ParseResult<string>>
  readonly known: Map<string, Action>
}

const newActionMemo = (): ActionMemo => ({ lists: new Map(), known: new Map() })

export const flowContext = (ports: PortNames): FlowContext => ({
  ports,
  parts: new Map(),
  priorities: new Map(),
  actions: { tagged: newActionMemo(), untagged: newActionMemo() },
})

export function canonicalFlow(text: string, bridge: string, ports: PortNames = noPortNames): ParseResult<Flow> {
  return canonicalFlowIn(flowContext(ports), text, bridge)
}

export function canonicalFlowIn(context: FlowContext, text: string, bridge: string): ParseResult<Flow> {
  const line = parseFlowLine(text)
  if (!line.ok) return line
  const parts: MatchPart[] = []
  for (const term of line.value.match) {
    const part = decodeMatchTerm(term, context.ports)
    if (!part.ok) return part
    parts.push(part.value)
  }
  const match = canonicalMatch(parts)
  const actions = actionsOf(line.value.actions, match.hasVlanTag, context)
  return actions.ok ? buildFlow(bridge, line.value.settings, match.text, actions.value) : shifted(actions, line.value.actionsSpan.start)
}

/**
 * What stands behind cookie, table and counters in a dumped line. The quick way takes the plain form that most have, where commas alone
 * separate, and knows no errors: null means that the whole line is to be read with care.
 */
export function quickFlow(context: FlowContext, text: string, bridge: string): Flow | null {
  const end = text.indexOf(' actions=')
  if (end < 0 || text.length > MAX_FLOW_TEXT || !text.startsWith('priority=')) return null
  let start = termEnd(text, 0, end)
  const priority = priorityOf(text.slice(0, start), context)
  if (priority === null) return null
  const parts: MatchPart[] = []
  while (start < end) {
    const stop = termEnd(text, start + 1, end)
    const part = partOf(text.slice(start + 1, stop), context)
    if (!part || isRepeated(parts, part.key)) return null
    parts.push(part)
    start = stop
  }
  const match = canonicalMatch(parts)
  const actions = actionsOf(text.slice(end + ' actions='.length), match.hasVlanTag, context)
  return actions.ok ? { bridge, table: 0, priority, match: match.text, actions: actions.value, cookie: '0x0', owner: null } : null
}

function termEnd(text: string, start: number, end: number): number {
  const comma = text.indexOf(',', start)
  return comma < 0 || comma > end ? end : comma
}

function isRepeated(parts: readonly MatchPart[], key: string): boolean {
  for (const part of parts) if (part.key === key) return true
  return false
}

function priorityOf(term: string, { priorities }: FlowContext): number | null {
  const known = priorities.get(term)
  if (known !== undefined) return known
  const value = parseCount(term.slice('priority='.length))
  const priority = value.ok ? value.value : null
  priorities.set(term, priority)
  return priority
}

function partOf(text: string, context: FlowContext): MatchPart | null {
  const known = context.parts.get(text)
  if (known !== undefined) return known
  const term = readTerm(text, 0)
  const isTerm = term.ok && term.value !== null && term.value.span.end === text.length && isMatchTerm(term.value)
  const part = isTerm ? decodeMatchTerm(term.value, context.ports) : null
  const value = part?.ok ? part.value : null
  context.parts.set(text, value)
  return value
}

function actionsOf(text: string, hasVlanTag: boolean, { ports, actions }: FlowContext): ParseResult<string> {
  const { lists, known } = hasVlanTag ? actions.tagged : actions.untagged
  const list = lists.get(text)
  if (list) return list
  const value = canonicalActions(text, { ports, hasVlanTag, known })
  lists.set(text, value)
  return value
}

/** Spans of an error in the actions, in terms of the whole line. */
function shifted(result: Extract<ParseResult<never>, { ok: false }>, by: number): ParseResult<never> {
  const { span } = result.error
  return { ok: false, error: { ...result.error, span: { start: span.start + by, end: span.end + by } } }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type Settings = ReadonlyMap<string, string>

function buildFlow(bridge: string, settings: Settings, match: string, actions: string): ParseResult<Flow> {
  const cookie = parseNumber(settings.get('cookie') ?? '0')
  if (!cookie.ok) return cookie
  const flow: Mutable<Flow> = {
    bridge,
    table: 0,
    priority: DEFAULT_PRIORITY,
    match,
    actions,
    cookie: `0x${cookie.value.toString(16)}`,
    owner: null,
  }
  for (const [key, name] of numberKeys) {
    const text = settings.get(key)
    if (text === undefined) continue
    const value = parseCount(text)
    if (!value.ok) return value
    flow[name] = value.value
  }
  for (const [key, name] of counterKeys) {
    const text = settings.get(key)
    if (text === undefined) continue
    const value = parseNumber(text)
    if (!value.ok) return value
    if (value.value <= Number.MAX_SAFE_INTEGER) flow[name] = Number(value.value)
  }
  const seconds = /^(\d{1,12}(?:\.\d{1,9})?)s$/.exec(settings.get('duration') ?? '')?.[1]
  if (seconds !== undefined) flow.durationS = Number(seconds)
  return parsed(flow)
}

const numberKeys = [
  ['table', 'table'],
  ['priority', 'priority'],
  ['idle_timeout', 'idleTimeout'],
  ['hard_timeout', 'hardTimeout'],
] as const

/** Counters have 64 bits, and all ones where the switch does not count; what JavaScript cannot hold exactly counts as not told. */
const counterKeys = [
  ['n_packets', 'packets'],
  ['n_bytes', 'bytes'],
] as const
