// The moves every scenario makes: plan and apply, verify, and waiting for both by their event streams.

import { explainRunVerdict } from '@/server/core/explain/run-verdict'
import { explainFinding } from '@/server/core/explain/finding'
import type { Verification } from '@/server/core/path/verification'
import { isPlanBlocked, isPlanEmpty, type Plan } from '@/server/core/plan/plan'
import type { Run } from '@/server/core/plan/run'
import type { Api } from './console-under-test'

/** Subscriptions end by themselves after their last event. */
async function finished(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

export interface Applied {
  readonly plan: Plan
  readonly run: Run
  readonly planMs: number
  readonly applyMs: number
}

export async function planAndApply(api: Api): Promise<Applied> {
  const planStart = performance.now()
  const plan = await api.plans.create()
  const planMs = performance.now() - planStart
  const blocked = plan.hosts.flatMap((host) => host.blocked.map(explainFinding))
  if (blocked.length > 0) throw new Error(`the plan is blocked: ${blocked.join(' ')}`)
  const applyStart = performance.now()
  const run = await apply(api, plan)
  return { plan, run, planMs, applyMs: performance.now() - applyStart }
}

export async function apply(api: Api, { id: planId }: Pick<Plan, 'id'>): Promise<Run> {
  const { runId } = await api.runs.start({ planId })
  await finished(await api.runs.watch({ runId }))
  const run = await api.runs.get({ id: runId })
  if (run.status !== 'succeeded') throw new Error(`the run ${run.status}: ${run.verdict && explainRunVerdict(run.verdict)}`)
  return run
}

/** A host that could not be read has no steps either, but is blocked. */
export async function isReapplyEmpty(api: Api): Promise<boolean> {
  const plan = await api.plans.create()
  return isPlanEmpty(plan) && !isPlanBlocked(plan)
}

export async function verify(api: Api, from: string, to: string): Promise<Verification> {
  const { verificationId } = await api.verifications.start({ from, to })
  await finished(await api.verifications.watch({ verificationId }))
  return api.verifications.get({ id: verificationId })
}
