// What this console carries out: every operation is recorded when it begins, says again and again that it is there, hears when it is to end,
// and ends. Who wants it to end may sit before another console, so a wish to cancel is read from the queue, not only heard.

import { AppError } from '@/server/core/app-error'
import { HEARTBEAT_MS, LEASE_MS, type Lease } from '@/server/core/operation/lease'
import type { AskedOperation, OperationOutcome } from '@/server/core/operation/operation'
import type { Clock } from '@/server/effects/clock'
import type { Store } from '@/server/effects/db/store'
import type { IdSource } from '@/server/effects/ids'
import { untilAborted } from '@/server/effects/on-abort'
import { within } from '@/server/effects/ssh/deferred'

export interface OperationManager {
  /** Its end is written with its record (`over`). */
  begin(asked: AskedOperation): Promise<AbortSignal>
  /** The record was written, or is told from memory until the database takes it. */
  over(id: string): Promise<void>
  /** One that has no record of its own. What only reads goes on also when the database takes no note of it. */
  open(asked: Omit<AskedOperation, 'id'>): Promise<OpenOperation>
  /** The same for a piece of work: ended with it, or when it is cancelled. */
  during<Result>(asked: Omit<AskedOperation, 'id'>, work: (signal: AbortSignal) => Promise<Result>): Promise<Result>
  /** False when it has ended. */
  cancel(id: string): Promise<boolean>
  /** Right before each step on the host of the lease. Throws when it is another run's by now. */
  assertHeld(lease: Lease, isUndo: boolean): Promise<void>
  close(): void
}

interface OpenOperation {
  readonly signal: AbortSignal
  end(outcome: OperationOutcome): Promise<void>
}

interface Deps {
  readonly store: Pick<Store, 'queue' | 'runs' | 'verifications'>
  readonly clock: Clock
  readonly ids: IdSource
  readonly heartbeatMs?: number
}

interface Going {
  readonly controller: AbortController
  /** Until then nobody else can have taken its hosts. */
  keptUntilMs: number
  isOver: boolean
}

const PATIENCE_MS = 1_000

export function createOperationManager({ store, clock, ids, heartbeatMs = HEARTBEAT_MS }: Deps): OperationManager {
  const { queue } = store
  const going = new Map<string, Going>()
  let timer: NodeJS.Timeout | null = null

  const nowMs = () => clock.now().getTime()

  function track(id: string): AbortSignal {
    const controller = new AbortController()
    going.set(id, { controller, keptUntilMs: nowMs() + LEASE_MS, isOver: false })
    schedule()
    return controller.signal
  }

  function forget(id: string): void {
    going.delete(id)
    if (going.size > 0 || !timer) return
    clearTimeout(timer)
    timer = null
  }

  function schedule(): void {
    if (going.size > 0) timer ??= setTimeout(() => void beatAll(), heartbeatMs).unref()
  }

  /** The next time is counted from the end of this one: a slow database is not asked faster than it answers. */
  async function beatAll(): Promise<void> {
    for (const [id, each] of going) await beat(id, each).catch(() => undefined)
    timer = null
    schedule()
  }

  async function beat(id: string, each: Going): Promise<void> {
    if (each.isOver) await Promise.all([store.runs.settle(), store.verifications.settle()])
    const asked = nowMs()
    const answer = await queue.heartbeat(id)
    if (each.isOver && answer === 'lost') return forget(id)
    if (answer === 'lost') each.keptUntilMs = 0
    if (answer === 'lost') return each.controller.abort(lost('Another run has taken its hosts, or closed it.'))
    each.keptUntilMs = asked + LEASE_MS
    if (answer === 'cancelling') each.controller.abort(cancelled())
  }

  async function begin(asked: AskedOperation): Promise<AbortSignal> {
    await queue.enqueue(asked)
    return track(asked.id)
  }

  async function over(id: string): Promise<void> {
    const each = going.get(id)
    if (!each) return
    const operation = await queue.get(id).catch(() => undefined)
    if (operation === undefined || (operation && operation.state !== 'ended')) each.isOver = true
    else forget(id)
  }

  async function open(asked: Omit<AskedOperation, 'id'>): Promise<OpenOperation> {
    const id = ids.uuid()
    const signal = await begin({ ...asked, id }).catch(() => new AbortController().signal)
    return {
      signal,
      end: async (outcome) => {
        await queue.release(id, outcome).catch(() => undefined)
        forget(id)
      },
    }
  }

  return {
    begin,
    over,
    open,
    during: async (asked, work) => {
      const { signal, end } = await open(asked)
      const listening = untilAborted(signal)
      try {
        const result = await Promise.race([work(signal), listening.aborted])
        await end('succeeded')
        return result
      } catch (error) {
        await end(signal.aborted ? 'cancelled' : 'failed')
        throw error
      } finally {
        listening.stop()
      }
    },
    cancel: async (id) => {
      const own = going.get(id)
      if (!own || own.isOver) return queue.cancel(id)
      own.controller.abort(cancelled())
      // What is going here ends also when that cannot be noted.
      await queue.cancel(id).catch(() => undefined)
      return true
    },
    assertHeld: async (lease, isUndo) => {
      if (!isUndo) {
        if (!(await queue.holds(lease))) throw lost('Another run has the host by now.')
        return
      }
      // A way back does not wait for a database that is locked or gone: without an answer it goes on for as long as nobody can have the host.
      const isHeld = await within(PATIENCE_MS, queue.holds(lease))
      const keptUntilMs = going.get(lease.operationId)?.keptUntilMs ?? 0
      if (!(isHeld ?? nowMs() < keptUntilMs)) throw lost('Another run may have the host by now.')
    },
    close: () => {
      for (const [id, { controller, isOver }] of going) {
        controller.abort(new AppError('cancelled', 'The console is stopping.'))
        // The hearts of the others beat on until they have ended; an end that is told from memory goes with the memory.
        if (isOver) forget(id)
      }
    },
  }
}

const cancelled = () => new AppError('cancelled', 'The operator cancelled it.')
const lost = (why: string) =>
  new AppError('busy', `This console was silent for more than ${LEASE_MS / 1000} seconds. ${why} Nothing more was done there.`, {
    rule: 'lease-lost',
  })

/** Was it thrown because another run has the host? */
export const isLeaseLost = (error: unknown): boolean => error instanceof AppError && error.context.rule === 'lease-lost'
