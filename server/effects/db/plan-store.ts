// Plans, kept as they were made: those that a run or a revision points at for as long as that is kept, of all others the latest
// (retention/). Each may have a megabyte, and is made at the press of a button.

import type { Plan } from '@/server/core/plan/plan'
import { readPlan } from '@/server/core/plan/stored'
import type { Database, Tx } from './database'
import { readJson, writeJson } from './json'
import { absent } from './retention/removed'
import type { PlanStore } from './store'

export function createPlanStore(database: Database, onWritten: () => void): PlanStore {
  return {
    save: async (plan) => {
      await database.write((tx) => tx.planRecord.create({ data: toRow(plan) }))
      onWritten()
    },
    get: (id) => database.read((tx) => requirePlan(tx, id)),
  }
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
  if (!plan) throw await absent(tx, 'plans', id)
  return plan
}
