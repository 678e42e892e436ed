// Runs: started, cancelled, watched. None of it needs the console that carries the run out: a run is followed by its journal, and a wish to
// cancel it stands in the queue.

import { AppError } from '@/server/core/app-error'
import { isHeld } from '@/server/core/operation/lease'
import { isoNow } from '@/server/effects/clock'
import type { ApplyDeps } from './apply-plan'
import { closeInterrupted } from './close-interrupted'
import type { Conductor } from './conductor'
import type { OperationManager } from './operation-manager'
import { startRun } from './start-run'
import { watchJournal } from './watch-journal'

export interface RunManager {
  readonly start: Conductor['applyPlan']
  readonly cancel: Conductor['cancelRun']
  readonly watch: Conductor['watchRun']
  readonly requireNoneOn: Conductor['requireNoRunOn']
}

interface Deps extends ApplyDeps {
  readonly operations: OperationManager
  readonly isAlone: boolean
}

export function createRunManager(deps: Deps): RunManager {
  const { store, events, clock } = deps
  const close = (isAlone: boolean) =>
    closeInterrupted(deps, isAlone).catch((error: unknown) =>
      deps.logger.error('What another console left running could not be closed.', { err: error }),
    )
  const ready = close(deps.isAlone)
  return {
    start: async (planId, actor) => {
      await ready
      // A console that went since may still have hosts.
      await close(false)
      const { runId } = await startRun(deps, planId, actor)
      return { runId }
    },
    cancel: async (runId) => {
      if (!(await deps.operations.cancel(runId))) throw new AppError('not_found', 'This run is not in progress.')
    },
    watch: (runId, afterSeq, signal) =>
      watchJournal(
        { list: (after) => store.runs.listEvents(runId, after), live: () => events.subscribe(['run'], signal) },
        (event) => (event.event.runId === runId ? event.event : null),
        afterSeq,
        { signal, lookMs: deps.lookMs },
      ),
    requireNoneOn: async (hostId) => {
      const now = isoNow(clock)
      if (!(await store.queue.listLeases()).some((lease) => lease.hostId === hostId && isHeld(lease, now))) return
      throw new AppError(
        'busy',
        'A run is changing this host. How it is entered, and whether it is read-only, can be changed when the run has ended, or was cancelled.',
      )
    },
  }
}
