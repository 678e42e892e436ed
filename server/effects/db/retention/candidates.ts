// Which records the limits no longer allow and nothing points at, in SQL that SQLite and PostgreSQL share: what a preview counts is what is
// removed. It is asked after every run and verification, mostly for nothing, so it reads an index from its old end up to the first row that
// stays, and not what is within the limits. `r` is the row that is asked about.

import { Prisma } from '@/generated/prisma/client'
import { type Limit, momentsOf, PINNED_PATHS, type RetainedKind } from '@/server/core/retention/retention'
import type { Tx } from '../database'

const { sql } = Prisma

/** Everything else has not ended: what a later version calls it does not matter. */
const runEnded = sql`('succeeded', 'failed', 'cancelled')`
const verificationEnded = sql`('passed', 'failed', 'cancelled')`
const withVerdict = sql`('passed', 'failed')`

export const hasRunEnded = sql`r."status" IN ${runEnded}`
const hasVerificationEnded = sql`r."status" IN ${verificationEnded}`

export const isPlanPointedAt = sql`(
  EXISTS (SELECT 1 FROM "RunRecord" run WHERE run."planId" = r."id") OR
  EXISTS (SELECT 1 FROM "Revision" revision WHERE revision."planId" = r."id"))`

export const isLastEvidence = sql`(r."status" IN ${withVerdict} AND NOT EXISTS (
  SELECT 1 FROM "VerificationRecord" later
  WHERE later."sourcePortId" = r."sourcePortId" AND later."destinationPortId" = r."destinationPortId" AND later."status" IN ${withVerdict}
    AND later."startedAt" >= r."startedAt" AND (later."startedAt" > r."startedAt" OR later."id" > r."id")))`

/** Of captures: those of the last evidence, and of verifications that have not ended. */
export const pinnedCaptures = sql`
  SELECT c."id" FROM "CaptureRecord" c JOIN "VerificationRecord" r ON r."id" = c."verificationId"
  WHERE NOT (${hasVerificationEnded}) OR ${isLastEvidence}`

/** Streams with more than their last entry, and when that was written. */
export const wholeJournals = sql`
  SELECT whole."id", entry."at"
  FROM (SELECT "streamId" AS "id", MAX("seq") AS "seq" FROM "JournalEntry" GROUP BY "streamId" HAVING COUNT(*) > 1) AS whole
  JOIN "JournalEntry" entry ON entry."streamId" = whole."id" AND entry."seq" = whole."seq"`

/** The record of stream `r` has not ended. */
export const isGoing = sql`(
  EXISTS (SELECT 1 FROM "RunRecord" run WHERE run."id" = r."id" AND run."status" NOT IN ${runEnded}) OR
  EXISTS (SELECT 1 FROM "VerificationRecord" v WHERE v."id" = r."id" AND v."status" NOT IN ${verificationEnded}))`

const nothing = sql`1 = 0`
const everything = sql`1 = 1`

interface Noun {
  readonly table: Prisma.Sql
  readonly at: Prisma.Sql
  /** Of these the latest are counted. */
  readonly counted: Prisma.Sql
  /** Of these none is pointed at. */
  readonly free: Prisma.Sql
  /** Pointed at, but only so many of them stay beyond the limits. */
  readonly pinned: Prisma.Sql
  /** What has just been stored is still being looked at. Journals lose nothing that their record has not. */
  readonly isFreshKept: boolean
}

export type RecordKind = Exclude<RetainedKind, 'captures'>

const nouns: Readonly<Record<RecordKind, Noun>> = {
  runs: { table: sql`"RunRecord"`, at: sql`r."startedAt"`, counted: everything, free: hasRunEnded, pinned: nothing, isFreshKept: true },
  plans: {
    table: sql`"PlanRecord"`,
    at: sql`r."createdAt"`,
    counted: sql`NOT ${isPlanPointedAt}`,
    free: sql`NOT ${isPlanPointedAt}`,
    pinned: nothing,
    isFreshKept: true,
  },
  verifications: {
    table: sql`"VerificationRecord"`,
    at: sql`r."startedAt"`,
    counted: everything,
    free: sql`${hasVerificationEnded} AND NOT ${isLastEvidence}`,
    pinned: isLastEvidence,
    isFreshKept: true,
  },
  journals: {
    table: sql`(${wholeJournals})`,
    at: sql`r."at"`,
    counted: sql`NOT ${isGoing}`,
    free: sql`NOT ${isGoing}`,
    pinned: nothing,
    isFreshKept: false,
  },
}

/** FROM and WHERE: everything beyond the number or the age. */
async function beyond(tx: Tx, { table, at, counted, isFreshKept }: Noun, limit: Limit, now: Date): Promise<Prisma.Sql | null> {
  const { settledBefore, staleBefore } = momentsOf(limit, now)
  const last = sql`SELECT ${at} AS "at", r."id" FROM ${table} r WHERE ${counted} ORDER BY ${at} DESC, r."id" DESC LIMIT 1 OFFSET ${limit.count}`
  const [first] = await tx.$queryRaw<{ at: string; id: string }[]>(last)
  const isStale = sql`${at} < ${staleBefore}`
  // The first row that is one too many, or everything that is too old: whichever is later.
  const isBeyond =
    first && first.at >= staleBefore
      ? sql`${at} <= ${first.at} AND (${at} < ${first.at} OR r."id" <= ${first.id})`
      : staleBefore === ''
        ? null
        : isStale
  if (isBeyond === null) return null
  return isFreshKept ? sql`FROM ${table} r WHERE ${isBeyond} AND ${at} < ${settledBefore}` : sql`FROM ${table} r WHERE ${isBeyond}`
}

/** The oldest first. */
export async function listCandidates(tx: Tx, kind: RecordKind, limit: Limit, now: Date, take: number): Promise<readonly string[]> {
  const noun = nouns[kind]
  const from = await beyond(tx, noun, limit, now)
  if (from === null) return []
  const { at, free, pinned } = noun
  const rows = await tx.$queryRaw<{ id: string }[]>(sql`SELECT r."id" ${from} AND ${free} ORDER BY ${at}, r."id" LIMIT ${take}`)
  if (rows.length > 0 || pinned === nothing) return rows.map(({ id }) => id)
  const tooMany = await tx.$queryRaw<{ id: string }[]>(
    sql`SELECT r."id" ${from} AND ${pinned} ORDER BY ${at} DESC, r."id" DESC LIMIT ${take} OFFSET ${PINNED_PATHS}`,
  )
  return tooMany.map(({ id }) => id)
}

export async function countCandidates(tx: Tx, kind: RecordKind, limit: Limit, now: Date): Promise<number> {
  const { free, pinned, ...noun } = nouns[kind]
  const from = await beyond(tx, { free, pinned, ...noun }, limit, now)
  if (from === null) return 0
  const isFree = await countOf(tx, sql`SELECT COUNT(*) AS "count" ${from} AND ${free}`)
  return pinned === nothing
    ? isFree
    : isFree + Math.max(0, (await countOf(tx, sql`SELECT COUNT(*) AS "count" ${from} AND ${pinned}`)) - PINNED_PATHS)
}

export async function countOf(tx: Tx, query: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number | bigint }[]>(query)
  return Number(row?.count ?? 0)
}
