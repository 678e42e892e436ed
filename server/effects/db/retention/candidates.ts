// Which records the limits no longer allow and nothing points at, as SQL that SQLite and PostgreSQL share: what a preview counts is what
// is removed. `r` is the row that is asked about.

import { Prisma } from '@/generated/prisma/client'
import { type Limit, momentsOf, PINNED_PATHS, type RetainedKind } from '@/server/core/retention/retention'

const { sql } = Prisma

/** Everything else has not ended: what a later version calls it does not matter. */
const runEnded = sql`('succeeded', 'failed', 'cancelled')`
const verificationEnded = sql`('passed', 'failed', 'cancelled')`
const withVerdict = sql`('passed', 'failed')`

export const hasRunEnded = sql`r."status" IN ${runEnded}`
export const hasVerificationEnded = sql`r."status" IN ${verificationEnded}`

export const isPlanPointedAt = sql`(
  EXISTS (SELECT 1 FROM "RunRecord" run WHERE run."planId" = r."id") OR
  EXISTS (SELECT 1 FROM "Revision" revision WHERE revision."planId" = r."id"))`

/** Ids of the last evidence of each path, those first that were verified last. */
export const lastEvidence = sql`
  SELECT v."id" FROM "VerificationRecord" v
  WHERE v."status" IN ${withVerdict} AND NOT EXISTS (
    SELECT 1 FROM "VerificationRecord" later
    WHERE later."sourcePortId" = v."sourcePortId" AND later."destinationPortId" = v."destinationPortId" AND later."status" IN ${withVerdict}
      AND (later."startedAt" > v."startedAt" OR (later."startedAt" = v."startedAt" AND later."id" > v."id")))
  ORDER BY v."startedAt" DESC, v."id" DESC LIMIT ${PINNED_PATHS}`

/** Of captures: those of the last evidence, and of verifications that have not ended. */
export const pinnedCaptures = sql`
  SELECT c."id" FROM "CaptureRecord" c JOIN "VerificationRecord" r ON r."id" = c."verificationId"
  WHERE NOT (${hasVerificationEnded}) OR r."id" IN (SELECT "id" FROM (${lastEvidence}) AS evidence)`

/** Streams with more than their last entry. */
export const wholeJournals = sql`SELECT "streamId" AS "id", MAX("at") AS "at" FROM "JournalEntry" GROUP BY "streamId" HAVING COUNT(*) > 1`

/** The record of stream `r` has not ended. */
export const isGoing = sql`(
  EXISTS (SELECT 1 FROM "RunRecord" run WHERE run."id" = r."id" AND run."status" NOT IN ${runEnded}) OR
  EXISTS (SELECT 1 FROM "VerificationRecord" v WHERE v."id" = r."id" AND v."status" NOT IN ${verificationEnded}))`

/** FROM and WHERE over `r`, which has an `id`; `at` is what it is sorted by. */
export interface Candidates {
  readonly from: Prisma.Sql
  readonly at: Prisma.Sql
}

export function candidatesOf(kind: Exclude<RetainedKind, 'captures'>, limit: Limit, now: Date): Candidates {
  const { settledBefore, staleBefore } = momentsOf(limit, now)
  const latest = (table: Prisma.Sql, at: Prisma.Sql, where: Prisma.Sql) => sql`SELECT "id" FROM (SELECT r."id" FROM ${table} r WHERE ${where} ORDER BY ${at} DESC, r."id" DESC LIMIT ${limit.count}) AS latest`
  /** Those of `where` beyond the number or the age; `counted` are those that the number is of. */
  const beyond = (table: Prisma.Sql, at: Prisma.Sql, where: Prisma.Sql, counted = sql`1 = 1`): Candidates => ({
    from: sql`FROM ${table} r WHERE ${where} AND (${at} < ${staleBefore} OR r."id" NOT IN (${latest(table, at, counted)}))`,
    at,
  })
  const [startedAt, createdAt, at] = [sql`r."startedAt"`, sql`r."createdAt"`, sql`r."at"`]
  switch (kind) {
    case 'runs':
      return beyond(sql`"RunRecord"`, startedAt, sql`${hasRunEnded} AND ${startedAt} < ${settledBefore}`)
    case 'plans':
      return beyond(sql`"PlanRecord"`, createdAt, sql`NOT ${isPlanPointedAt} AND ${createdAt} < ${settledBefore}`, sql`NOT ${isPlanPointedAt}`)
    case 'verifications': {
      const isFree = sql`${hasVerificationEnded} AND r."id" NOT IN (SELECT "id" FROM (${lastEvidence}) AS evidence)`
      return beyond(sql`"VerificationRecord"`, startedAt, sql`${isFree} AND ${startedAt} < ${settledBefore}`)
    }
    case 'journals':
      // Nothing is lost with them that the record has not: no hour of grace, as long as they have ended.
      return beyond(sql`(${wholeJournals})`, at, sql`NOT ${isGoing}`, sql`NOT ${isGoing}`)
  }
}
