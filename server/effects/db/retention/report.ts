// What is kept at the moment, for the settings.

import { stat } from 'node:fs/promises'
import { Prisma } from '@/generated/prisma/client'
import type { CaptureFile } from '@/server/core/retention/choose-captures'
import type { Kept, RetentionReport } from '@/server/core/retention/retention-report'
import type { Tx } from '../database'
import { countOf, hasRunEnded, isGoing, isLastEvidence, isPlanPointedAt, wholeJournals } from './candidates'
import { listPinnedCaptures } from './captures'
import { loadRetention } from './limits'

const { sql } = Prisma

export async function report(tx: Tx, databasePath: string, files: readonly CaptureFile[]): Promise<RetentionReport> {
  const keptOf = async (table: Prisma.Sql, at: Prisma.Sql, pinned: Prisma.Sql): Promise<Kept> => {
    const [row] = await tx.$queryRaw<{ count: number | bigint; oldestAt: string | null }[]>(
      sql`SELECT COUNT(*) AS "count", MIN(${at}) AS "oldestAt" FROM ${table} r`,
    )
    return {
      count: Number(row?.count ?? 0),
      oldestAt: row?.oldestAt ?? null,
      pinned: await countOf(tx, sql`SELECT COUNT(*) AS "count" FROM ${table} r WHERE ${pinned}`),
    }
  }
  const pinnedCaptures = await listPinnedCaptures(tx)
  const oldest = files.at(-1)
  return {
    limits: await loadRetention(tx),
    kept: {
      runs: await keptOf(sql`"RunRecord"`, sql`r."startedAt"`, sql`NOT (${hasRunEnded})`),
      plans: await keptOf(sql`"PlanRecord"`, sql`r."createdAt"`, isPlanPointedAt),
      journals: await keptOf(sql`(${wholeJournals})`, sql`r."at"`, isGoing),
      verifications: await keptOf(sql`"VerificationRecord"`, sql`r."startedAt"`, isLastEvidence),
      captures: {
        count: files.length,
        oldestAt: oldest ? new Date(oldest.changedAtMs).toISOString() : null,
        pinned: files.filter(({ id }) => pinnedCaptures.has(id)).length,
      },
    },
    captureBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    database: { bytes: await sizeOf(databasePath), freeBytes: await freeBytes(tx) },
  }
}

/** With the log that is not yet merged into it. */
async function sizeOf(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}-wal`].map((each) =>
      stat(each).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** SQLite's alone: another database says it elsewhere. */
async function freeBytes(tx: Tx): Promise<number> {
  const [free] = await tx.$queryRawUnsafe<{ freelist_count: number | bigint }[]>('PRAGMA freelist_count')
  const [page] = await tx.$queryRawUnsafe<{ page_size: number | bigint }[]>('PRAGMA page_size')
  return Number(free?.freelist_count ?? 0) * Number(page?.page_size ?? 0)
}
