// Runs and verifications that a stopped console left behind: brought up to date from their journal, and closed with a sentence
// about what to do. What is on the hosts is read anew by the next plan.

import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import { withStep, type Run, type RunEvent, type StepRecord } from '@/server/core/plan/run'
import type { RunVerdict } from '@/server/core/plan/run-verdict'
import { isoNow } from '@/server/effects/clock'
import type { HostRoomDeps } from './host-room'

export async function closeInterrupted(deps: Pick<HostRoomDeps, 'store' | 'clock'>): Promise<void> {
  for (const run of await deps.store.runs.listUnfinished()) await closeRun(deps, run)
  for (const verification of await deps.store.verifications.listUnfinished()) await closeVerification(deps, verification)
}

/** With the hops it had measured by then. Its event ends the wait of whoever watches it. */
async function closeVerification({ store, clock }: Pick<HostRoomDeps, 'store' | 'clock'>, verification: Verification): Promise<void> {
  const events = await store.verifications.listEvents(verification.id, -1)
  const hops = events.reduce((known, event) => (event.type === 'hop' ? [...known.filter(({ hopId }) => hopId !== event.evidence.hopId), event.evidence] : known), verification.hops)
  const closed: Verification = { ...verification, status: 'cancelled', hops, verdict: { code: 'console-stopped', params: {} } }
  const finished: VerificationEvent = { verificationId: closed.id, seq: (events.at(-1)?.seq ?? 0) + 1, at: isoNow(clock), type: 'finished', verification: closed }
  await store.verifications.finish(closed, finished)
}

async function closeRun({ store, clock }: Pick<HostRoomDeps, 'store' | 'clock'>, run: Run): Promise<void> {
  const events = await store.runs.listEvents(run.id, -1)
  const known = events.reduce((steps, event) => (event.type === 'step' ? withStep(steps, event.step) : steps), run.steps)
  const at = isoNow(clock)
  const closed: Run = {
    ...run,
    status: 'failed',
    phase: 'done',
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
  const during = interrupted.map(({ title, hostId }) => ({ title, host: plan.hosts.find((host) => host.hostId === hostId)?.hostName ?? hostId }))
  return { code: 'console-stopped', params: { during } }
}
