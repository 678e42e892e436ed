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
import { notA, unparsed, type Parsed } from '../parse-result'

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

const emptyPass = (flow: string): Draft<TracePass> => ({
  flow,
  bridges: [],
  finalFlow: '',
  megaflow: '',
  datapathActions: '',
  slowPathReasons: [],
})

/** A bridge or step whose lines may still follow, with the column it was printed at. */
interface Open {
  readonly indent: number
  readonly bridge: Draft<TraceBridge>
  readonly step: Draft<TraceStep> | null
}

interface Reading {
  readonly passes: Draft<TracePass>[]
  readonly open: Open[]
}

const lastOf = <T>(list: readonly T[] | undefined): T | undefined => list?.[list.length - 1]
const passOf = (reading: Reading) => lastOf(reading.passes)

/** Closes what a line at this place is no longer part of. */
function closeWhile(reading: Reading, isOver: (entry: Open) => boolean): Open | undefined {
  for (let top = lastOf(reading.open); top && isOver(top); top = lastOf(reading.open)) reading.open.pop()
  return lastOf(reading.open)
}

type LineReader = readonly [pattern: RegExp, take: (reading: Reading, match: RegExpExecArray) => boolean]

const inPass =
  (take: (pass: Draft<TracePass>, text: string) => void): LineReader[1] =>
  (reading, match) => {
    const pass = passOf(reading)
    if (pass) take(pass, match[1] ?? '')
    return pass !== undefined
  }

/** First pattern that fits decides. */
const readers: readonly LineReader[] = [
  [/^Flow: (.*)$/, openPass],
  [/^Final flow: (.*)$/, inPass((pass, text) => (pass.finalFlow = text))],
  [/^Megaflow: (.*)$/, inPass((pass, text) => (pass.megaflow = text))],
  [/^Datapath actions: (.*)$/, inPass((pass, text) => (pass.datapathActions = text))],
  [/^This flow is handled by the userspace slow path/, inPass(() => undefined)],
  [/^ {2}- (.*)$/, inPass((pass, text) => pass.slowPathReasons.push(text))],
  [/^( *)bridge\("([^"]*)"\)$/, openBridge],
  [/^ *-+$|^=+$/, () => true],
  [/^recirc\((?:0x)?[0-9a-f]+\) - /, inPass(() => undefined)],
  [/^( *)(\d{1,3})\. No match\.$/, openStep],
  [/^( *)(\d{1,3})\. (?:(.*), )?priority (\d{1,5})(?:, cookie (0x[0-9a-f]+))?$/, openStep],
  [/^( +)>>>> (.*) <<<<$/, note('error')],
  [/^( +)>> (.*)$/, note('warning')],
  [/^( +)-> (.*)$/, note('detail')],
  [/^( {4,})(\S.*)$/, addAction],
]

function openPass(reading: Reading, match: RegExpExecArray): boolean {
  reading.open.length = 0
  return reading.passes.push(emptyPass(match[1] ?? '')) > 0
}

function openBridge(reading: Reading, match: RegExpExecArray): boolean {
  const indent = match[1]?.length ?? 0
  closeWhile(reading, (entry) => entry.indent >= indent)
  return pushBridge(reading, match[2] ?? '', indent) !== null
}

function pushBridge(reading: Reading, name: string, indent: number): Draft<TraceBridge> | null {
  const bridge: Draft<TraceBridge> = { bridge: name, depth: Math.floor(indent / 4), steps: [] }
  const pass = passOf(reading)
  pass?.bridges.push(bridge)
  reading.open.push({ indent, bridge, step: null })
  return pass ? bridge : null
}

/** Table numbers are right-aligned in two columns, so ` 0.` and `60.` stand at the same place. */
function openStep(reading: Reading, match: RegExpExecArray): boolean {
  const [, spaces = '', table = '', text = '', priority, cookie = '0x0'] = match
  const indent = Math.max(0, spaces.length + table.length - 2)
  const top = closeWhile(reading, (entry) => (entry.step ? entry.indent >= indent : entry.indent > indent))
  if (!top) return false
  // Back from a branch that led through other bridges: the list stays in the order of events.
  const isBack = lastOf(passOf(reading)?.bridges) !== top.bridge
  const bridge = isBack ? pushBridge(reading, top.bridge.bridge, indent) : top.bridge
  const step: Draft<TraceStep> = {
    table: Number(table),
    priority: priority === undefined ? null : Number(priority),
    match: text,
    cookie,
    actions: [],
  }
  if (!bridge) return false
  bridge.steps.push(step)
  return reading.open.push({ indent, bridge, step }) > 0
}

function note(severity: TraceNote['severity']): LineReader[1] {
  return (reading, match) => {
    const action = lastOf(stepAbove(reading, match[1]?.length ?? 0)?.actions)
    action?.notes.push({ severity, text: match[2] ?? '' })
    return action !== undefined
  }
}

const stepAbove = (reading: Reading, indent: number): Draft<TraceStep> | null | undefined =>
  closeWhile(reading, (entry) => entry.indent >= indent)?.step

/** `thaw` and its resume line stand before any table: they belong to the bridge, and nothing is lost by leaving them out. */
function addAction(reading: Reading, match: RegExpExecArray): boolean {
  const step = stepAbove(reading, match[1]?.length ?? 0)
  step?.actions.push({ text: match[2] ?? '', notes: [] })
  return step !== undefined
}

export function parseTrace(text: string, section = 'ofproto/trace'): Parsed<readonly TracePass[]> {
  const reading: Reading = { passes: [], open: [] }
  const rest: Unparsed[] = []
  for (const line of text.split('\n')) {
    if (line.trim() !== '' && !takeLine(reading, line.trimEnd())) rest.push(unparsed(section, line, notA('trace-line')))
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
