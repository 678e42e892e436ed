// What a trace finds: one crossing of a bridge, with the crossings of the bridges behind its patch ports inside. Drafts are
// filled while the packet goes; a pass that Open vSwitch gives up (too deep) takes back everything that it put out.

import type { OvsPort } from '../../host/ovs'
import type { Frame } from '../frame'
import type { Cause, Drop, DropCode, EndParams, UnknownCode, WalkEnd } from '../walk-result'

export interface TunnelKey {
  /** VNI; of other tunnels their key. null: not known. */
  readonly tunnelId: number | null
  /** The sender's address, local to this host on the way out; null: the route decides. */
  readonly source: string | null
  readonly destination: string | null
}

export interface SwitchOutput {
  /** Name of the port; LOCAL for the bridge's own, CONTROLLER for a packet-in. */
  readonly port: string
  readonly kind: 'local' | 'patch' | 'tunnel' | 'device' | 'controller'
  /** null for CONTROLLER, and for LOCAL where the state has no row for it. */
  readonly row: OvsPort | null
  /** As it leaves; on a tunnel port the inner frame. */
  readonly frame: Frame
  /** On a tunnel port. */
  readonly tunnel: TunnelKey | null
  /** On a patch port: the crossing of the other bridge. */
  readonly visit: BridgeVisit | null
  /** Outputs of one visit with the same number are alternatives: a select group takes one of them. */
  readonly alternative: number | null
}

export interface BridgeVisit {
  readonly bridge: string
  /** Name, LOCAL, or the number of a port that is not there. */
  readonly inPort: string
  readonly in: Frame
  readonly causes: readonly Cause[]
  readonly outputs: readonly SwitchOutput[]
  /** Ports that it was sent to and does not leave by, though it may by others: `port` of the parameters. */
  readonly losses: readonly Drop[]
  /** Why nothing goes on, or why what goes on may not be all; null: it goes on. */
  readonly end: WalkEnd | null
}

/** One run of the translation, from a lookup to the end of the action set. */
export interface PassState {
  /** Open vSwitch gave up: nothing of this pass leaves. */
  hasFailed: boolean
}

type DraftOutput = Omit<SwitchOutput, 'visit'> & { readonly visit: VisitDraft | null }

export class VisitDraft {
  readonly causes: Cause[] = []
  readonly #outputs: { readonly output: DraftOutput; readonly pass: PassState }[] = []
  readonly #drops: Drop[] = []
  #unknown: WalkEnd | null = null
  #alternatives = 0

  constructor(
    readonly bridge: string,
    readonly inPort: string,
    readonly frame: Frame,
  ) {}

  output(output: DraftOutput, pass: PassState): void {
    this.#outputs.push({ output, pass })
  }

  /** The first reason stands, but why an output of its own was lost says more than which flow came last. */
  drop(code: DropCode, params: EndParams): void {
    this.#drops.push({ kind: 'dropped', code, params })
  }

  /** Open vSwitch gave up: whatever else was lost does not matter. */
  fail(): void {
    this.#drops.unshift({ kind: 'dropped', code: 'too-deep', params: { bridge: this.bridge } })
  }

  doubt(code: UnknownCode, params: EndParams): void {
    this.#unknown ??= { kind: 'unknown', code, params }
  }

  nextAlternative(): number {
    return ++this.#alternatives
  }

  #losses(): readonly Drop[] {
    return this.#drops.length === 0 ? NO_LOSSES : this.#drops.filter(({ params }) => params['port'] !== undefined)
  }

  finish(): BridgeVisit {
    const left = this.#outputs.filter(({ pass }) => !pass.hasFailed)
    const outputs = left.map(({ output }) => (leadsNowhere(output) ? output : { ...output, visit: output.visit && output.visit.finish() }))
    const dropped = outputs.length === 0 ? (this.#drops[0] ?? lastDrop(this.bridge, this.causes)) : null
    return {
      bridge: this.bridge,
      inPort: this.inPort,
      in: this.frame,
      causes: this.causes,
      outputs,
      losses: this.#losses(),
      end: this.#unknown ?? dropped,
    }
  }
}

const NO_LOSSES: readonly Drop[] = []

const leadsNowhere = (output: DraftOutput): output is DraftOutput & { readonly visit: null } => output.visit === null

function lastDrop(bridge: string, causes: readonly Cause[]): Drop {
  const last = causes.findLast((cause) => cause.kind === 'flow' || cause.kind === 'table-miss')
  if (last?.kind === 'table-miss') return { kind: 'dropped', code: 'no-flow', params: { bridge, table: last.table } }
  return { kind: 'dropped', code: 'flow-drops', params: { bridge, table: last?.table ?? 0, flow: last?.kind === 'flow' ? last.ref : null } }
}
