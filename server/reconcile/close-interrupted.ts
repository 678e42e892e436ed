// Runs and verifications that a stopped console left behind: brought up to date from their journal, and closed with a sentence
// about what to do. What is on the hosts is read anew by the next plan.

import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import { withStep, type Run, type RunEvent, type StepRecord } from '@/server/core/plan/run'
import type { RunVerdict } from '@/server/core/plan/run-verdict'
import type { Operation } from '@/server/core/operation/operation'
import { isoNow } from '@/server/effects/clock'
import type { HostManagerDeps } from './host-manager'

type Deps = Pick<HostManagerDeps, 'store' | 'clock'>

/** `isAlone`: no other console can be at work on the data, so what is open and not this one's is nobody's. Otherwise silence tells (run-queue.ts). */
export async function closeInterrupted(deps: Deps, isAlone: boolean): Promise<void> {
  const lost = await deps.store.queue.listLost(isAlone)
  const isLost = await lostAmong(deps, lost, isAlone)
  for (const run of (await deps.store.runs.listUnfinished()).filter(isLost)) await closeRun(deps, run)
  for (const verification of (await deps.store.verifications.listUnfinished()).filter(isLost)) await closeVerification(deps, verification)
  // What has no record, or one that had ended.
  for (const { id } of lost) await deps.store.queue.release(id, 'interrupted')
}

/** A record that has no operation is of a time before there were any. */
async function lostAmong({ store }: Deps, lost: readonly Operation[], isAlone: boolean) {
  const open = new Set((await store.queue.listOpen()).map(({ id }) => id))
  return ({ id }: { readonly id: string }): boolean => lost.some((each) => each.id === id) || (isAlone && !open.has(id))
}

/** With the hops it had measured by then. Its event ends the wait of whoever watches it. */
async function closeVerification({ store, clock }: Deps, verification: Verification): Promise<void> {
  const events = await store.verifications.listEvents(verification.id, -1)
  const hops = events.reduce(
    (known, event) => (event.type === 'hop' ? [...known.filter(({ hopId }) => hopId !== event.evidence.hopId), event.evidence] : known),
    verification.hops,
  )
  const closed: Verification = { ...verification, status: 'cancelled', hops, verdict: { code: 'console-stopped', params: {} } }
  const finished: VerificationEvent = {
    verificationId: closed.id,
    seq: (events.at(-1)?.seq ?? 0) + 1,
    at: isoNow(clock),
    type: 'finished',
    verification: closed,
  }
  await store.verifications.finish(closed, finished)
}

async function closeRun({ store, clock }: Deps, run: Run): Promise<void> {
  const events = await store.runs.listEvents(run.id, -1)
  const known = events.reduce((steps, event) => (event.type === 'step' ? withStep(steps, event.step) : steps), run.steps)
  const at = isoNow(clock)
  const closed: Run = {
    ...run,
    status: 'failed',
    phase: 'done',
    waitsFor: [],
    finishedAt: at,
    steps: known.map((step) => (step.status === 'running' ? { ...step, status: 'failed' } : step)),
    verdict: verdictOf(run, known),
  }
  const { plan: _, ...summary } = closed
  const finished: RunEvent = { runId: run.id, seq: (events.at(-1)?.seq ?? 0) + 1, at, type: 'finished', run: summary }
  await store.runs.finish(closed, finished)
}

function verdictOf({ plan }: Run, steps: readonly StepRecord[]): RunVerdict {
  const interrupted = steps.filter((step) => step.status === 'running')
  const during = interrupted.map(({ title, hostId }) => ({
    title,
    host: plan.hosts.find((host) => host.hostId === hostId)?.hostName ?? hostId,
  }))
  return { code: 'console-stopped', params: { during } }
}
