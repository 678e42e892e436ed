// Plans, kept as they were made.

import { AppError } from '@/server/core/app-error'
import type { Plan } from '@/server/core/plan/plan'
import { readPlan } from '@/server/core/plan/stored'
import type { Database, Tx } from './database'
import { readJson, writeJson } from './json'
import type { PlanStore } from './store'

export function createPlanStore(database: Database): PlanStore {
  return {
    save: (plan) => database.write(async (tx) => void (await tx.planRecord.create({ data: toRow(plan) }))),
    get: (id) => database.read((tx) => requirePlan(tx, id)),
  }
}

const toRow = (plan: Plan) => ({ id: plan.id, createdAt: plan.createdAt, planJson: writeJson(plan) })

export async function requirePlan(tx: Tx, id: string): Promise<Plan> {
  const row = await tx.planRecord.findUnique({ where: { id } })
  if (!row) throw new AppError('not_found', 'This plan does not exist, or no longer.')
  return readPlan(readJson<Plan>(row.planJson))
}
