// One run of a packet through the tables, as xlate_actions of Open vSwitch runs it: a lookup, the actions of the flow that was hit,
// the tables these lead to, the bridges behind patch ports, and at the end the action set. The state that lasts as long as the run
// is here; what single actions do is in perform.ts, where a frame leaves in output.ts, MAC learning in normal.ts.
//
// Source of every rule: ofproto/ofproto-dpif-xlate.c of Open vSwitch 3.1. `trace` suppresses side effects, and so do we.

import { flowKey } from '../../host/flow'
import { isOurCookie } from '../../naming'
import type { Frame } from '../frame'
import type { Cause, UnknownCode } from '../walk-result'
import { inActionSetOrder } from './action-set'
import type { CompiledFlow, Rule } from './classifier'
import type { Instruction } from './instruction'
import { forgetMetadata } from './metadata'
import type { Bits, Packet } from './packet'
import { frameOf, type Origin } from './packet-frame'
import { receiveFlag } from './port-flags'
import type { Switch, SwitchBridge, SwitchPort } from './switch'
import { isLayer3 } from './tunnel'
import type { PassState, VisitDraft } from './visit'

/** Of nested resubmits that do not go to a later table, patch ports and group buckets. */
const MAX_DEPTH = 64
/** Of all resubmits of one run. */
const MAX_RESUBMITS = MAX_DEPTH * MAX_DEPTH
/** Of actions for the datapath, beyond which nothing is resubmitted any more, and nothing followed. */
const MAX_ACTION_BYTES = 0xffff
/** What one action adds to them at most, with what takes it back for a copy that goes on without. */
const ACTION_BYTES = 200
/** Of runs that one packet makes through connection tracking; datapaths stop sooner. */
const MAX_PASSES = 16

/** Does one action; `stop` ends the list that it stands in. */
type Perform = (run: Translation, action: Instruction) => 'stop' | void

/** What all runs of one packet share. */
export interface Course {
  readonly perform: Perform
  readonly switch: Switch
  readonly origin: Origin
  /** Where the tunnel that the packet came by ends; no tunnel leads back there. */
  readonly tunnelEnd: string | null
  passes: number
}

type FlowCause = { -readonly [K in keyof Extract<Cause, { kind: 'flow' }>]: Extract<Cause, { kind: 'flow' }>[K] }

export class Translation {
  table = 0
  hasExited = false
  isTracked = false
  stack: Bits[] = []
  actionSet: Instruction[] = []
  /** Number of the bucket that is being tried; null outside of them. */
  alternative: number | null = null
  readonly pass: PassState = { hasFailed: false }
  #depth = 0
  #resubmits = 0
  #actionBytes = 0
  #cause: FlowCause | null = null
  #flow: CompiledFlow | null = null
  #settledVersion: number
  #frame: Frame | null = null
  #frameVersion = 0

  constructor(
    readonly course: Course,
    public bridge: SwitchBridge,
    public visit: VisitDraft,
    readonly packet: Packet,
  ) {
    this.#settledVersion = packet.version
  }

  get inPort(): SwitchPort | undefined {
    return this.bridge.portByNumber(this.packet.get('in_port'))
  }

  /** Whether the frame comes into the bridge by this port. */
  mayEnter(port: SwitchPort | undefined): boolean {
    const { bridge, visit, packet } = this
    if (bridge.hasUnreadFlags) visit.causes.push({ kind: 'port-flags-unread', ref: bridge.name })
    if (!port) return true
    if (port.kind === 'tunnel' && isLayer3(port))
      visit.doubt('outside-model', { bridge: bridge.name, port: port.name, about: 'packet_type' })
    const flag = receiveFlag(port, packet)
    if (flag !== null) visit.drop('port-flag', { bridge: bridge.name, port: port.name, flag })
    return flag === null
  }

  /** The whole run. */
  start(table: number): void {
    this.table = table
    this.#lookupAndRun(null)
    this.#runActionSet()
  }

  run(actions: readonly Instruction[]): void {
    for (const action of actions) {
      if (this.pass.hasFailed || this.hasExited) return
      this.spend(ACTION_BYTES)
      if (this.course.perform(this, action) === 'stop') return
    }
  }

  /** resubmit and goto_table: on in a table, as if the packet had come by `port`. */
  resubmit(table: number, port: number | null = null): void {
    if (!this.mayGoDeeper()) return
    const before = this.table
    const deepens = table <= before ? 1 : 0
    this.#depth += deepens
    this.#resubmits++
    this.table = table
    this.#lookupAndRun(port)
    this.table = before
    this.#depth -= deepens
  }

  /** Bytes of datapath actions, at most. */
  spend(bytes: number): void {
    this.#actionBytes += bytes
  }

  mayGoDeeper(): boolean {
    if (this.#doubtLength()) return false
    if (this.#depth < MAX_DEPTH && this.#resubmits < MAX_RESUBMITS) return true
    this.pass.hasFailed = true
    this.visit.fail()
    return false
  }

  /** A bucket is an action set of its own; nothing that it does to the packet stays. */
  runBucket(actions: readonly Instruction[]): void {
    this.#depth++
    this.packet.apart(() => this.run(inActionSetOrder(actions)))
    this.#depth--
    this.hasExited = false
  }

  /** clone(…): actions, stack and action set are the clone's own. */
  runClone(actions: readonly Instruction[]): void {
    this.#apart(() => {
      this.run(actions)
      this.#runActionSet()
    })
  }

  /** Through a patch port: the frame stays, what the bridge noted beside it does not. */
  cross(peer: { readonly bridge: SwitchBridge; readonly port: SwitchPort }, visit: VisitDraft): void {
    const { bridge, visit: ownVisit, alternative } = this
    this.#apart(() => {
      this.stack = []
      this.actionSet = []
      this.alternative = null
      this.bridge = peer.bridge
      this.visit = visit
      forgetMetadata(this.packet, peer.port.number ?? 0)
      if (this.mayEnter(peer.port)) {
        this.resubmit(0)
        this.#runActionSet()
      }
      // A bridge that gives up ends its own part: what it put out until then leaves, and the one before it goes on (patch_port_output).
      this.pass.hasFailed = false
    })
    Object.assign(this, { bridge, visit: ownVisit, alternative, hasExited: false })
    this.#doubtLength()
  }

  /** A copy goes on in a table after connection tracking, in a run of its own; this one goes on without. */
  fork(table: number, packet: Packet): void {
    if (++this.course.passes > MAX_PASSES) return this.visit.doubt('too-many', { bridge: this.bridge.name, table })
    const next = new Translation(this.course, this.bridge, this.visit, packet)
    next.stack = [...this.stack]
    next.actionSet = [...this.actionSet]
    next.alternative = this.alternative
    next.isTracked = true
    next.start(table)
  }

  /** No conclusion from here on: what is not understood may do anything. */
  giveUp(about: string): 'stop' {
    return this.doubt('not-understood', about)
  }

  doubt(code: UnknownCode, about: string | null = null): 'stop' {
    this.visit.doubt(code, { bridge: this.bridge.name, table: this.table, about })
    this.hasExited = true
    return 'stop'
  }

  /** As it stands now. */
  frame(): Frame {
    if (this.#frame === null || this.#frameVersion !== this.packet.version) {
      this.#frame = frameOf(this.packet, this.course.origin)
      this.#frameVersion = this.packet.version
    }
    return this.#frame
  }

  /** By its mark: this flow was written as our renderer writes flows. */
  get isOurFlow(): boolean {
    return this.#flow !== null && isOurCookie(this.#flow.cookie)
  }

  /** The flow whose actions are being done. */
  get flowRef(): string {
    return this.#cause?.ref ?? ''
  }

  /** Writes into the cause what the flow's actions made of the frame so far. */
  settleCause(): void {
    if (this.#cause && this.packet.version !== this.#settledVersion) this.#cause.changed = this.frame()
    this.startCause()
  }

  /** What happened to the frame until now is another flow's doing, or undone. */
  startCause(): void {
    this.#settledVersion = this.packet.version
  }

  /** Where exactly Open vSwitch stops depends on how it writes each action. */
  #doubtLength(): boolean {
    const mayBeTooLong = this.#actionBytes > MAX_ACTION_BYTES
    if (mayBeTooLong) this.visit.doubt('too-many', { bridge: this.bridge.name, table: this.table })
    return mayBeTooLong
  }

  #runActionSet(): void {
    const actions = inActionSetOrder(this.actionSet)
    this.actionSet = []
    this.run(actions)
  }

  #apart(work: () => void): void {
    const { stack, actionSet, isTracked, table } = this
    this.stack = [...stack]
    this.actionSet = [...actionSet]
    this.packet.apart(work)
    Object.assign(this, { stack, actionSet, isTracked, table })
  }

  #lookupAndRun(port: number | null): void {
    const rule = this.#lookup(port)
    if (!rule) return
    const { flow } = rule
    const [outer, outerFlow] = [this.#cause, this.#flow]
    const cause: FlowCause = { kind: 'flow', ref: flowKey(flow), table: flow.table, changed: null }
    this.visit.causes.push(cause)
    this.#cause = cause
    this.#flow = flow
    this.#settledVersion = this.packet.version
    this.run(this.bridge.instructionsOf(rule))
    this.settleCause()
    this.#cause = outer
    this.#flow = outerFlow
  }

  #lookup(port: number | null): Rule | null {
    const { bridge, packet, table } = this
    if (bridge.unread !== null) {
      this.visit.doubt('flows-unread', { bridge: bridge.name, why: bridge.unread })
      this.hasExited = true
      return null
    }
    if (bridge.whyOpen !== null) this.visit.doubt('outside-model', { bridge: bridge.name, about: bridge.whyOpen })
    const hit = withInPort(packet, port, () => withoutFragmentPorts(packet, () => bridge.table(table)?.lookup(packet)))
    if (hit?.doubt === 'connection-state') this.visit.doubt('connection-state', { bridge: bridge.name, table, about: hit.about })
    else if (hit?.doubt) this.giveUp(hit.about)
    if (hit?.rule) return this.hasExited ? null : hit.rule
    if (!this.hasExited) this.visit.causes.push({ kind: 'table-miss', bridge: bridge.name, table })
    return null
  }
}

function withInPort<T>(packet: Packet, port: number | null, work: () => T): T {
  if (port === null) return work()
  const before = packet.get('in_port')
  packet.set('in_port', port)
  const result = work()
  packet.set('in_port', before)
  return result
}

/** In a fragment the tables see no ports, not even those that a flow wrote there (rule_dpif_lookup_from_table, OFPUTIL_FRAG_NORMAL). */
function withoutFragmentPorts<T>(packet: Packet, work: () => T): T {
  if (packet.get('nw_frag') === 0) return work()
  return packet.apart(() => {
    for (const name of ['tp_src', 'tp_dst']) packet.set(name, 0)
    return work()
  })
}
