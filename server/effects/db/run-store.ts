// Runs: the record (replaced as the run goes on) and its journal. The plan is kept once, by the plan store.

import type { RunSummary } from '@/server/core/api-types'
import { boundEvent, boundRun } from '@/server/core/plan/bound-output'
import type { OperationOutcome } from '@/server/core/operation/operation'
import type { Plan } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'
import { readEvent, readRun, readRunSummary } from '@/server/core/plan/stored'
import type { RunRecord as Row } from '@/generated/prisma/client'
import type { Logger } from '../log/logger'
import { pruneAccess } from './access-rows'
import type { Database, Tx } from './database'
import { loadBase } from './design-rows'
import { createEndings } from './endings'
import { appendJournal } from './journal'
import { endWithRecord } from './operation-rows'
import { readJson, writeJson } from './json'
import { behind, byLatest, cutPage, rowsFor } from './pages'
import { findPlan, keepPlan, requirePlan } from './plan-store'
import { absent } from './retention/removed'
import type { RunStore } from './store'
import { loadTopologyRows } from './topology-rows'

const isOpen = { status: { in: ['queued', 'running'] } }
const summaryColumns = { id: true, startedAt: true, summaryJson: true } as const
const cursorOf = ({ id, startedAt }: Pick<Row, 'id' | 'startedAt'>) => ({ startedAt, id })

export function createRunStore(database: Database, logger: Logger, onWritten: () => void): RunStore {
  const endings = createEndings<Run, RunEvent>(
    database,
    logger,
    async (tx, run) => {
      if (!(await endWithRecord(tx, run.id, outcomeOf(run), run.finishedAt ?? run.startedAt))) return false
      await saveRun(tx, run)
      // Hosts that were removed meanwhile were kept for this run.
      await pruneAccess(tx, [await loadTopologyRows(tx), (await loadBase(tx)).topology])
      return true
    },
    onWritten,
  )
  /** As it is written, unless its end could not be. */
  const told = ({ id, summaryJson }: Pick<Row, 'id' | 'summaryJson'>): RunSummary => {
    const unwritten = endings.unwritten(id)
    return unwritten ? summarizeRun(unwritten) : readRunSummary(readJson(summaryJson))
  }
  return {
    save: async (run) => {
      await endings.retry()
      await database.write(async (tx) => {
        await keepPlan(tx, run.plan)
        await saveRun(tx, run)
      })
    },
    settle: endings.retry,
    finish: (run, lastEvent) => endings.write(boundRun(run), boundEvent(lastEvent)),
    get: async (id) =>
      endings.unwritten(id) ??
      database.read(async (tx) => {
        const row = await tx.runRecord.findUnique({ where: { id } })
        if (!row) throw await absent(tx, 'runs', id)
        return toRun(row, await requirePlan(tx, row.planId))
      }),
    list: ({ limit, cursor }) =>
      database.read(async (tx) => {
        const rows = await tx.runRecord.findMany({
          select: summaryColumns,
          where: behind(cursor),
          orderBy: byLatest,
          take: rowsFor({ limit }),
        })
        const { shown, nextCursor } = cutPage(rows, limit, cursorOf)
        return { items: shown.map(told), nextCursor, total: await tx.runRecord.count() }
      }),
    latest: () =>
      database.read(async (tx) => {
        const row = await tx.runRecord.findFirst({ select: summaryColumns, orderBy: byLatest })
        return row && told(row)
      }),
    listGoing: () =>
      database.read(async (tx) => {
        const rows = await tx.runRecord.findMany({ select: summaryColumns, where: { status: 'running' }, orderBy: byLatest })
        return rows.map(told).filter(({ status }) => status === 'running')
      }),
    listUnfinished: () =>
      database.read(async (tx) => {
        const rows = await tx.runRecord.findMany({ where: isOpen, orderBy: byLatest })
        return Promise.all(rows.map(async (row) => toRun(row, (await findPlan(tx, row.planId)) ?? lostPlan(row))))
      }),
    appendEvent: (event) => appendJournal(database, event.runId, boundEvent(event)),
    // What an earlier version stored may be of any length.
    listEvents: async (runId, afterSeq) => (await endings.listEvents(runId, afterSeq)).map(boundEvent).map(readEvent),
  }
}

/** One whose console is gone is told by its verdict. */
const outcomeOf = ({ status, verdict }: Run): OperationOutcome =>
  verdict?.code === 'console-stopped' ? 'interrupted' : status === 'succeeded' || status === 'cancelled' ? status : 'failed'

async function saveRun(tx: Tx, run: Run): Promise<void> {
  const { id, ...row } = toRow(run)
  await tx.runRecord.upsert({ where: { id }, create: { id, ...row }, update: row })
}

const toRun = (row: Row, plan: Plan): Run => ({ ...readRun(boundRun(readJson<Omit<Run, 'plan'>>(row.runJson))), plan })

/** Stands for one that is no longer there, so that its run can be ended. */
const lostPlan = ({ planId, startedAt }: Row): Plan => ({
  id: planId,
  createdAt: startedAt,
  baseRevision: 0,
  topologyDigest: '',
  objects: [],
  hosts: [],
  impacts: [],
})

function toRow(run: Run): Row {
  const { plan: _plan, ...record } = boundRun(run)
  const { id, planId, status, startedAt } = run
  return { id, planId, status, startedAt, summaryJson: writeJson(summarizeRun(run)), runJson: writeJson(record) }
}

function summarizeRun(run: Run): RunSummary {
  const { id, planId, status, phase, actor, waitsFor, startedAt, finishedAt, revision, verdict } = run
  const steps = run.steps.filter((step) => !step.isUndo)
  return {
    id,
    planId,
    status,
    phase,
    actor,
    waitsFor,
    startedAt,
    finishedAt,
    revision,
    verdict,
    hostNames: run.plan.hosts.filter((host) => host.steps.length > 0).map((host) => host.hostName),
    stepCount: steps.length,
    doneStepCount: steps.filter((step) => step.status === 'done').length,
    leftoverCount: run.leftovers.length,
  }
}
