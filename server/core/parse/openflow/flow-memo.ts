// The last reading of one host's flows, so that the next one parses only lines that changed: where each line stood in the text, behind its
// counters, and its flow. It holds exactly what the last reading of each bridge held, so it is bounded as that is, and no text of an
// earlier one. A flow names its ports, so lines of a bridge whose port numbers changed are forgotten.
//
//    cookie=0x0, duration=28.475s, table=0, n_packets=46, n_bytes=9802, priority=0 actions=NORMAL

import type { Flow } from '../../host/flow'
import { noPortNames, type PortNames } from './port-name'

/** Of line `i` the part behind the counters is `text` from `starts[i]` to `ends[i]`; lists of numbers cost the garbage collector nothing. */
interface Dump {
  readonly ports: string
  readonly text: string
  readonly starts: number[]
  readonly ends: number[]
  readonly flows: Flow[]
}

export type FlowMemo = Map<string, Dump>

export const newFlowMemo = (): FlowMemo => new Map()

/** Bridges that a reading no longer has are forgotten. */
export function keepBridges(memo: FlowMemo, bridges: ReadonlySet<string>): void {
  for (const bridge of memo.keys()) if (!bridges.has(bridge)) memo.delete(bridge)
}

/** One bridge in one reading: what is known of it, and what is to be known next time. */
export class BridgeMemo {
  readonly #former: Dump | null
  readonly #next: Dump
  /** A dump keeps its order while nothing changes, so the next line is nearly always the one behind the last that was found. */
  #expected = 0
  /** All lines, from when the first one was not where it was expected. */
  #places: Map<string, number> | null = null

  constructor(memo: FlowMemo, bridge: string, text: string, portNames: PortNames = noPortNames) {
    const ports = JSON.stringify([...portNames])
    const former = memo.get(bridge)
    this.#former = former?.ports === ports ? former : null
    this.#next = { ports, text, starts: [], ends: [], flows: [] }
    memo.set(bridge, this.#next)
  }

  /** The flow that the same text in the same table was. Table, priority and match are a flow's identity. */
  find(table: number, start: number, end: number): Flow | undefined {
    if (this.#former === null) return undefined
    const place = this.#isAt(this.#expected, table, start, end) ? this.#expected : this.#search(table, start, end)
    if (place === undefined) return undefined
    this.#expected = place + 1
    return this.#former.flows[place]
  }

  remember(start: number, end: number, flow: Flow): void {
    this.#next.starts.push(start)
    this.#next.ends.push(end)
    this.#next.flows.push(flow)
  }

  #isAt(place: number, table: number, start: number, end: number): boolean {
    const { text, starts, ends, flows } = this.#former!
    if (flows[place]?.table !== table || ends[place]! - starts[place]! !== end - start) return false
    return this.#next.text.startsWith(text.slice(starts[place], ends[place]), start)
  }

  #search(table: number, start: number, end: number): number | undefined {
    const { text, starts, ends, flows } = this.#former!
    this.#places ??= new Map(flows.map((flow, place) => [`${flow.table} ${text.slice(starts[place], ends[place])}`, place]))
    return this.#places.get(`${table} ${this.#next.text.slice(start, end)}`)
  }
}
