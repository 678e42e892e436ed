// Revisions: what was applied, numbered from 1, never changed.

import type { Revision as Row } from '@/generated/prisma/client'
import type { Revision, RevisionSummary } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { explainStale } from '@/server/core/explain/stale'
import { countActions, diffTopology } from '@/server/core/topology/changes'
import { countObjects } from '@/server/core/topology/counts'
import { sortTopology } from '@/server/core/topology/order'
import { completeTopology } from '@/server/core/topology/complete-topology'
import { type Clock, isoNow } from '../clock'
import type { Database, Tx } from './database'
import { loadBase } from './design-rows'
import { readJson, writeJson } from './json'
import { cutPage, rowsFor } from './pages'
import type { RevisionStore } from './store'

export function createRevisionStore(database: Database, clock: Clock): RevisionStore {
  return {
    record: (topology, planId, since) =>
      database.write(async (tx) => {
        const other = since && (await listNewer(tx, since.revision)).find((each) => !since.foreseen.includes(each.planId))
        if (other) throw new AppError('plan_stale', explainStale({ code: 'revision-moved', params: { revision: other.number } }))
        const base = await loadBase(tx)
        const changes = diffTopology(base.topology, topology)
        const revision = { number: base.number + 1, createdAt: isoNow(clock), planId, topology: sortTopology(topology), changes }
        await tx.revision.create({ data: toRow(revision) })
        return revision
      }),
    listNewer: (number) => database.read((tx) => listNewer(tx, number)),
    get: (number) =>
      database.read(async (tx) => {
        const row = await tx.revision.findUnique({ where: { number } })
        if (!row) throw new AppError('not_found', `There is no revision ${number}.`)
        return fromRow(row)
      }),
    latestNumber: () =>
      database.read(async (tx) => (await tx.revision.findFirst({ select: { number: true }, orderBy: { number: 'desc' } }))?.number ?? 0),
    latest: () =>
      database.read(async (tx) => {
        const row = await tx.revision.findFirst({ select: { summaryJson: true }, orderBy: { number: 'desc' } })
        return row && readJson<RevisionSummary>(row.summaryJson)
      }),
    list: ({ limit, cursor }) =>
      database.read(async (tx) => {
        const where = cursor === null ? {} : { number: { lt: cursor } }
        const rows = await tx.revision.findMany({
          select: { number: true, summaryJson: true },
          where,
          orderBy: { number: 'desc' },
          take: rowsFor({ limit }),
        })
        const { shown, nextCursor } = cutPage(rows, limit, ({ number }) => number)
        return { items: shown.map((row) => readJson<RevisionSummary>(row.summaryJson)), nextCursor, total: await tx.revision.count() }
      }),
  }
}

const listNewer = (tx: Tx, number: number) =>
  tx.revision.findMany({ select: { number: true, planId: true }, where: { number: { gt: number } }, orderBy: { number: 'asc' } })

function toRow({ topology, changes, ...rest }: Revision): Row {
  const summary: RevisionSummary = { ...rest, counts: countObjects(topology), changeCounts: countActions(changes) }
  return { ...rest, summaryJson: writeJson(summary), topologyJson: writeJson(topology), changesJson: writeJson(changes) }
}

const fromRow = ({ number, createdAt, planId, topologyJson, changesJson }: Row): Revision => ({
  number,
  createdAt,
  planId,
  topology: completeTopology(readJson(topologyJson)),
  changes: readJson(changesJson),
})
