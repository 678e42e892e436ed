// Plans, kept as they were made: those that a run or a revision points at for as long as that is kept, of all others the latest and
// those of the last hour. Each may have a megabyte, and is made at the press of a button.

import { AppError } from '@/server/core/app-error'
import type { Plan } from '@/server/core/plan/plan'
import { readPlan } from '@/server/core/plan/stored'
import type { Database, Tx } from './database'
import { readJson, writeJson } from './json'
import type { PlanStore } from './store'

/** Of plans that nobody applied: more than anybody compares, and goes back to. */
export const KEPT_PLANS = 20

/** Of plans that somebody may be about to apply. Counted from the plan that is saved, so that a clock that goes back takes none. */
const HOUR_MS = 3_600_000

export function createPlanStore(database: Database): PlanStore {
  return {
    save: (plan) =>
      database.write(async (tx) => {
        await tx.planRecord.create({ data: toRow(plan) })
        await prunePlans(tx, plan)
      }),
    get: (id) => database.read((tx) => requirePlan(tx, id)),
  }
}

async function prunePlans(tx: Tx, saved: Plan): Promise<void> {
  const select = { planId: true } as const
  const applied = [...(await tx.runRecord.findMany({ select })), ...(await tx.revision.findMany({ select }))]
  const byLatest = [{ createdAt: 'desc' as const }, { id: 'desc' as const }]
  const plans = await tx.planRecord.findMany({ select: { id: true, createdAt: true }, orderBy: byLatest })
  const used = new Set(applied.map(({ planId }) => planId))
  const anHourAgo = Date.parse(saved.createdAt) - HOUR_MS
  const old = plans.filter(({ id }) => !used.has(id)).slice(KEPT_PLANS).filter(({ createdAt }) => Date.parse(createdAt) < anHourAgo)
  await tx.planRecord.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } })
}

/** For a run that begins: its plan may have been pruned since it was read. In the run's own transaction. */
export async function keepPlan(tx: Tx, plan: Plan): Promise<void> {
  if ((await tx.planRecord.count({ where: { id: plan.id } })) === 0) await tx.planRecord.create({ data: toRow(plan) })
}

const toRow = (plan: Plan) => ({ id: plan.id, createdAt: plan.createdAt, planJson: writeJson(plan) })

export async function findPlan(tx: Tx, id: string): Promise<Plan | null> {
  const row = await tx.planRecord.findUnique({ where: { id } })
  return row && readPlan(readJson<Plan>(row.planJson))
}

export async function requirePlan(tx: Tx, id: string): Promise<Plan> {
  const plan = await findPlan(tx, id)
  if (!plan) throw new AppError('not_found', 'This plan does not exist, or no longer.')
  return plan
}
