// An operation: something that somebody does about hosts, from when it is asked for until it has ended. Its states and what leads from one
// to the next are here and nowhere else; where it is kept, and by whom it is carried out, is the queue's (run-queue.ts).
//
//   queued ─start─▶ running ─end─▶ ended
//      └──cancel──▶ cancelling ─end─▶ ended        lose: from anywhere, when the console that carries it out is gone

/** `capture`: one by itself; those of a verification or of an audit belong to it. */
export type OperationKind = 'read' | 'plan' | 'apply' | 'verify' | 'capture' | 'audit'
export type OperationState = 'queued' | 'running' | 'cancelling' | 'ended'
/** `interrupted`: its console went while it was going. */
export type OperationOutcome = 'succeeded' | 'failed' | 'cancelled' | 'interrupted'

export interface AskedOperation {
  readonly id: string
  readonly kind: OperationKind
  /** Who wants it. */
  readonly actor: string
  /** What it reads or changes. */
  readonly hostIds: readonly string[]
}

export interface Operation extends AskedOperation {
  /** Grows by one: who asked first. */
  readonly number: number
  readonly state: OperationState
  /** null until it has ended. */
  readonly outcome: OperationOutcome | null
  readonly queuedAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** What changes hosts has them for itself (run-queue.ts); what only reads waits for nobody. */
export const takesHosts: Readonly<Record<OperationKind, boolean>> = {
  read: false,
  plan: false,
  apply: true,
  verify: false,
  capture: false,
  audit: false,
}

/** Without a record of its own, and nothing that it leaves when it is cancelled. */
export const isReading = (kind: OperationKind): boolean => kind !== 'apply' && kind !== 'verify'

export type OperationEvent = { readonly type: 'start' | 'cancel' | 'lose' } | { readonly type: 'end'; readonly outcome: OperationOutcome }

export function newOperation(asked: AskedOperation, number: number, at: string): Operation {
  const waiting: Operation = { ...asked, number, state: 'queued', outcome: null, queuedAt: at, startedAt: null, endedAt: null }
  return takesHosts[asked.kind] ? waiting : { ...waiting, state: 'running', startedAt: at }
}

const next: Readonly<Record<OperationState, Readonly<Partial<Record<OperationEvent['type'], OperationState>>>>> = {
  queued: { start: 'running', cancel: 'cancelling', end: 'ended', lose: 'ended' },
  running: { cancel: 'cancelling', end: 'ended', lose: 'ended' },
  // Only who carries it out ends it, since only that console knows what was taken back.
  cancelling: { cancel: 'cancelling', end: 'ended', lose: 'ended' },
  ended: {},
}

/** null where the state does not allow it. */
export function advance(operation: Operation, event: OperationEvent, at: string): Operation | null {
  const state = next[operation.state][event.type]
  if (!state) return null
  const startedAt = event.type === 'start' ? at : operation.startedAt
  if (state !== 'ended') return { ...operation, state, startedAt }
  return { ...operation, state, startedAt, endedAt: at, outcome: event.type === 'end' ? event.outcome : 'interrupted' }
}

/** Still to start: one that was cancelled before holds nobody up. */
export const isQueued = ({ state }: Pick<Operation, 'state'>): boolean => state === 'queued'
