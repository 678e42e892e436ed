// `ovs-appctl ofproto/trace` → bridges crossed, tables looked up, actions done and what Open vSwitch remarks on each.
// A frame that goes through conntrack is traced in several passes, each with its own Flow and Datapath actions.
//
//   bridge("br-int")
//   ----------------
//    0. in_port="qvof4513237-f5", priority 9, cookie 0xedc3794cdd1aa5a
//       goto_table:25
//   60. priority 3, cookie 0xedc3794cdd1aa5a
//       NORMAL
//        -> forwarding to learned port
//   Datapath actions: qvof4513237-f5
//
// Indentation is nesting, but the last branch of several is not indented (oftrace_node_print_details), so depth is kept as
// it is printed and the order of the list is the order of events.

import type { Unparsed } from '../../host/observation'
import { unparsed, type Parsed } from '../parse-result'

export interface TraceNote {
  readonly severity: 'detail' | 'warning' | 'error'
  readonly text: string
}

export interface TraceAction {
  readonly text: string
  readonly notes: readonly TraceNote[]
}

export interface TraceStep {
  readonly table: number
  /** Null: no flow matched, which drops. */
  readonly priority: number | null
  readonly match: string
  readonly cookie: string
  readonly actions: readonly TraceAction[]
}

export interface TraceBridge {
  readonly bridge: string
  /** 0 for the first and for those reached last; deeper for the branches before. */
  readonly depth: number
  readonly steps: readonly TraceStep[]
}

export interface TracePass {
  readonly flow: string
  readonly bridges: readonly TraceBridge[]
  /** `unchanged`, or the flow as it left. */
  readonly finalFlow: string
  readonly megaflow: string
  readonly datapathActions: string
  readonly slowPathReasons: readonly string[]
}

type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? Draft<U>[] : T[K] }

const emptyPass = (flow: string): Draft<TracePass> => ({ flow, bridges: [], finalFlow: '', megaflow: '', datapathActions: '', slowPathReasons: [] })

interface Reading {
  readonly passes: Draft<TracePass>[]
}

const lastOf = <T>(list: readonly T[] | undefined): T | undefined => list?.[list.length - 1]
const passOf = (reading: Reading) => lastOf(reading.passes)
const bridgeOf = (reading: Reading) => lastOf(passOf(reading)?.bridges)
const stepOf = (reading: Reading) => lastOf(bridgeOf(reading)?.steps)
const actionOf = (reading: Reading) => lastOf(stepOf(reading)?.actions)

type LineReader = readonly [pattern: RegExp, take: (reading: Reading, match: RegExpExecArray) => boolean]

const inPass = (take: (pass: Draft<TracePass>, text: string) => void): LineReader[1] => (reading, match) => {
  const pass = passOf(reading)
  if (pass) take(pass, match[1] ?? '')
  return pass !== undefined
}

const note =
  (severity: TraceNote['severity']): LineReader[1] =>
  (reading, match) => {
    const action = actionOf(reading)
    action?.notes.push({ severity, text: match[1] ?? '' })
    return action !== undefined
  }

/** First pattern that fits decides. */
const readers: readonly LineReader[] = [
  [/^Flow: (.*)$/, (reading, match) => reading.passes.push(emptyPass(match[1] ?? '')) > 0],
  [/^Final flow: (.*)$/, inPass((pass, text) => (pass.finalFlow = text))],
  [/^Megaflow: (.*)$/, inPass((pass, text) => (pass.megaflow = text))],
  [/^Datapath actions: (.*)$/, inPass((pass, text) => (pass.datapathActions = text))],
  [/^This flow is handled by the userspace slow path/, inPass(() => undefined)],
  [/^ {2}- (.*)$/, inPass((pass, text) => pass.slowPathReasons.push(text))],
  [/^( *)bridge\("([^"]*)"\)$/, openBridge],
  [/^ *-+$|^=+$/, () => true],
  [/^recirc\((?:0x)?[0-9a-f]+\) - /, inPass(() => undefined)],
  [/^ *(\d{1,3})\. No match\.$/, (reading, match) => openStep(reading, Number(match[1]), null, '', '0x0')],
  [/^ *(\d{1,3})\. (?:(.*), )?priority (\d{1,5})(?:, cookie (0x[0-9a-f]+))?$/, openMatchedStep],
  [/^ +>>>> (.*) <<<<$/, note('error')],
  [/^ +>> (.*)$/, note('warning')],
  [/^ +-> (.*)$/, note('detail')],
  [/^ {4,}(\S.*)$/, addAction],
]

function openBridge(reading: Reading, match: RegExpExecArray): boolean {
  const depth = Math.floor((match[1]?.length ?? 0) / 4)
  passOf(reading)?.bridges.push({ bridge: match[2] ?? '', depth, steps: [] })
  return passOf(reading) !== undefined
}

function openMatchedStep(reading: Reading, match: RegExpExecArray): boolean {
  return openStep(reading, Number(match[1]), Number(match[3]), match[2] ?? '', match[4] ?? '0x0')
}

function openStep(reading: Reading, table: number, priority: number | null, match: string, cookie: string): boolean {
  bridgeOf(reading)?.steps.push({ table, priority, match, cookie, actions: [] })
  return bridgeOf(reading) !== undefined
}

/** `thaw` and its resume line stand before any table: they belong to the bridge, and nothing is lost by leaving them out. */
function addAction(reading: Reading, match: RegExpExecArray): boolean {
  const step = stepOf(reading)
  step?.actions.push({ text: match[1] ?? '', notes: [] })
  return step !== undefined || bridgeOf(reading) !== undefined
}

export function parseTrace(text: string, section = 'ofproto/trace'): Parsed<readonly TracePass[]> {
  const reading: Reading = { passes: [] }
  const rest: Unparsed[] = []
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !takeLine(reading, line.trimEnd())) rest.push(unparsed(section, line, 'Not a line of a trace'))
  }
  return { value: reading.passes, unparsed: rest }
}

function takeLine(reading: Reading, line: string): boolean {
  for (const [pattern, take] of readers) {
    const match = pattern.exec(line)
    if (match) return take(reading, match)
  }
  return false
}
