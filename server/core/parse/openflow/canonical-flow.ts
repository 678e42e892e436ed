// Flow text → Flow with canonical match and actions. The same function reads what a host prints (any OpenFlow version,
// with or without counters, with port names) and what we write, so that equal flows are equal strings:
//
//   table=0,priority=9,in_port=qvo123,actions=resubmit(,25)
//   cookie=0x0, duration=1.2s, table=0, n_packets=6, n_bytes=252, priority=9,in_port="qvo123" actions=goto_table:25
//
// Canonical text is also valid input for `ovs-ofctl -O OpenFlow14 add-flow`, and writes the same flow again.

import type { Flow } from '../../host/flow'
import { parsed, type ParseResult } from '../parse-result'
import { parseActions, renderActions } from './actions'
import { parseFlowLine, type FlowLine } from './flow-line'
import { canonicalMatch } from './match'
import { noPortNames, type PortNames } from './port-name'
import { parseCount, parseNumber } from './values'

/** What ovs-ofctl uses when none is written (OFP_DEFAULT_PRIORITY). */
export const DEFAULT_PRIORITY = 32768

export function canonicalFlow(text: string, bridge: string, ports: PortNames = noPortNames): ParseResult<Flow> {
  const line = parseFlowLine(text)
  if (!line.ok) return line
  const match = canonicalMatch(line.value.match, ports)
  if (!match.ok) return match
  const actions = parseActions(line.value.actions, { ports, hasVlanTag: match.value.hasVlanTag })
  if (!actions.ok) return shifted(actions, line.value.actionsSpan.start)
  const numbers = readNumbers(line.value)
  if (!numbers.ok) return numbers
  const { table = 0, priority = DEFAULT_PRIORITY, ...counters } = numbers.value
  const cookie = parseNumber(line.value.settings.get('cookie') ?? '0')
  if (!cookie.ok) return cookie
  return parsed({
    bridge,
    table,
    priority,
    match: match.value.text,
    actions: renderActions(actions.value),
    cookie: `0x${cookie.value.toString(16)}`,
    owner: null,
    ...counters,
  })
}

/** Spans of an error in the actions, in terms of the whole line. */
function shifted(result: Extract<ParseResult<never>, { ok: false }>, by: number): ParseResult<never> {
  const { span } = result.error
  return { ok: false, error: { ...result.error, span: { start: span.start + by, end: span.end + by } } }
}

type Numbers = Partial<Pick<Flow, 'table' | 'priority' | 'packets' | 'bytes' | 'idleTimeout' | 'hardTimeout' | 'durationS'>>

const numberKeys: readonly (readonly [string, keyof Numbers])[] = [
  ['table', 'table'],
  ['priority', 'priority'],
  ['n_packets', 'packets'],
  ['n_bytes', 'bytes'],
  ['idle_timeout', 'idleTimeout'],
  ['hard_timeout', 'hardTimeout'],
]

function readNumbers(line: FlowLine): ParseResult<Numbers> {
  const numbers: { -readonly [K in keyof Numbers]: number } = {}
  for (const [key, name] of numberKeys) {
    const text = line.settings.get(key)
    if (text === undefined) continue
    const value = parseCount(text)
    if (!value.ok) return value
    numbers[name] = value.value
  }
  const seconds = /^(\d{1,12}(?:\.\d{1,9})?)s$/.exec(line.settings.get('duration') ?? '')?.[1]
  return parsed(seconds === undefined ? numbers : { ...numbers, durationS: Number(seconds) })
}
