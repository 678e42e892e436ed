// Compiled flow tables, kept from one state of a host to the next. A path that is looked at is computed every two seconds, and of twenty
// thousand flows hardly one is another by then. Kept is by content and nothing else: a table serves again when its flows are the same
// in the same order and the bridge's ports have the same numbers. Of a table that changed, matches that did not serve again.

import type { Flow } from '../../host/flow'
import { Classifier, type CompiledFlow } from './classifier'
import { MatchCompiler, type CompiledMatch, type PortNumbers } from './match'

interface Kept {
  readonly flows: readonly CompiledFlow[]
  readonly matches: ReadonlyMap<string, CompiledMatch>
  readonly classifier: Classifier
}

/** Of one bridge; matches name ports, so it holds for one numbering. */
export class TableMemory {
  readonly #tables = new Map<number, Kept>()

  constructor(private readonly numbering: string) {}

  isOf(numbering: string): boolean {
    return this.numbering === numbering
  }

  table(number: number, flows: readonly Flow[], portNumber: PortNumbers): Classifier {
    const kept = this.#tables.get(number)
    if (kept && isSame(kept.flows, flows)) return kept.classifier
    const compiler = new MatchCompiler(portNumber)
    const matches = new Map<string, CompiledMatch>()
    const rows = flows.map((flow) => {
      const match = matches.get(flow.match) ?? kept?.matches.get(flow.match) ?? compiler.compile(flow.match)
      matches.set(flow.match, match)
      return { flow, match }
    })
    const classifier = new Classifier(rows)
    this.#tables.set(number, { flows, matches, classifier })
    return classifier
  }

  /** Tables that a bridge no longer has are forgotten. */
  keep(numbers: ReadonlySet<number>): void {
    for (const number of this.#tables.keys()) if (!numbers.has(number)) this.#tables.delete(number)
  }
}

function isSame(left: readonly CompiledFlow[], right: readonly CompiledFlow[]): boolean {
  if (left.length !== right.length) return false
  for (const [index, flow] of right.entries()) {
    const other = left[index]
    if (!other || !isSameFlow(flow, other)) return false
  }
  return true
}

/** Texts of lines that did not change are the same objects, so this costs next to nothing. */
const isSameFlow = (left: CompiledFlow, right: CompiledFlow): boolean =>
  left.priority === right.priority && left.match === right.match && left.actions === right.actions && left.cookie === right.cookie

/** Of one host: tables by bridge. */
export class SwitchMemory {
  readonly #bridges = new Map<string, TableMemory>()

  bridge(name: string, numbering: string): TableMemory {
    const known = this.#bridges.get(name)
    if (known?.isOf(numbering)) return known
    const memory = new TableMemory(numbering)
    this.#bridges.set(name, memory)
    return memory
  }

  /** Bridges that a host no longer has are forgotten. */
  keep(names: ReadonlySet<string>): void {
    for (const name of this.#bridges.keys()) if (!names.has(name)) this.#bridges.delete(name)
  }
}
