// Output of `ovs-ofctl -O OpenFlow14 --names dump-flows BRIDGE`: one flow a line below a heading that not every form has.
//
//   OFPST_FLOW reply (OF1.4) (xid=0x4):
//    cookie=0x0, duration=28.475s, table=0, n_packets=46, n_bytes=9802, priority=0 actions=NORMAL

import type { Flow } from '../../host/flow'
import type { Unparsed } from '../../host/observation'
import { parsed, unparsed, type ParseResult, type Parsed } from '../parse-result'
import { finish, type Steps } from '../steps'
import { canonicalFlowIn, flowContext, quickFlow, type FlowContext } from './canonical-flow'
import { readFlowHead, type FlowHead } from './flow-head'
import { BridgeMemo, type FlowMemo } from './flow-memo'
import { noPortNames, type PortNames } from './port-name'
import { isCanonicalValue, parseNumber } from './values'

const HEADING = /^(?:OFPST_FLOW|NXST_FLOW) reply(?: \(OF\d\.\d\))? \(xid=0x[0-9a-f]+\):(?: flags=\[more\])?$/

/** Lines between two pauses: a few milliseconds, also in a process that has just started and has nothing compiled (200 took up to 40 there). */
const SLICE = 50

export const parseDumpFlows = (
  text: string,
  bridge: string,
  ports: PortNames = noPortNames,
  section = `flows ${bridge}`,
): Parsed<readonly Flow[]> => finish(dumpFlowSteps(text, bridge, { ports, section }))

export interface DumpOptions {
  readonly ports?: PortNames
  readonly section?: string
  /** Spares the lines of the last reading. */
  readonly memo?: FlowMemo
}

/** The same, with a pause now and then: a dump may have tens of thousands of lines. */
export function* dumpFlowSteps(
  text: string,
  bridge: string,
  { ports = noPortNames, section = `flows ${bridge}`, memo }: DumpOptions = {},
): Steps<Parsed<readonly Flow[]>> {
  const dump: Dump = { text, bridge, context: flowContext(ports), memo: memo ? new BridgeMemo(memo, bridge, text, ports) : null }
  const value: Flow[] = []
  const rest: Unparsed[] = []
  let taken = 0
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const flow = readLine(dump, start, end)
    if (flow?.ok) value.push(flow.value)
    else if (flow) rest.push(unparsed(section, text.slice(start, end), flow.error.reason))
    start = end + 1
    if (flow && ++taken % SLICE === 0) yield
  }
  return { value, unparsed: rest }
}

interface Dump {
  readonly text: string
  readonly bridge: string
  readonly context: FlowContext
  readonly memo: BridgeMemo | null
}

/** null: no flow stands there. */
function readLine(dump: Dump, start: number, end: number): ParseResult<Flow> | null {
  const { text, bridge, context, memo } = dump
  const head = readFlowHead(text, start)
  const cookie = head && canonicalCookie(head.cookie)
  if (!head || cookie === null) return readWithCare(dump, text.slice(start, end))
  const former = memo?.find(head.table, head.end, end)
  const like = former?.cookie === cookie ? former : quickFlow(context, text.slice(head.end, end), bridge)
  const flow = like ? parsed(withHead(like, head, cookie)) : readWithCare(dump, text.slice(start, end))
  if (flow?.ok) memo?.remember(head.end, end, flow.value)
  return flow
}

function readWithCare({ context, bridge }: Dump, line: string): ParseResult<Flow> | null {
  const trimmed = line.trim()
  return trimmed === '' || HEADING.test(trimmed) ? null : canonicalFlowIn(context, line, bridge)
}

/** Written out member by member: a spread costs three times as much. */
function withHead(like: Flow, { table, packets, bytes, durationS }: FlowHead, cookie: string): Flow {
  const { bridge, priority, match, actions, idleTimeout, hardTimeout } = like
  if (idleTimeout !== undefined || hardTimeout !== undefined) return { ...like, table, cookie, packets, bytes, durationS }
  return { bridge, table, priority, match, actions, cookie, owner: null, packets, bytes, durationS }
}

/** null: not a number that Open vSwitch prints. */
function canonicalCookie(text: string): string | null {
  if (isCanonicalValue(text, 'hex', 64)) return text
  const value = parseNumber(text)
  return value.ok ? `0x${value.value.toString(16)}` : null
}
