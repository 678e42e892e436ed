// Verifications: the evidence and its journal.

import type { VerificationRecord as Row } from '@/generated/prisma/client'
import type { VerificationSummary } from '@/server/core/api-types'
import type { OperationOutcome } from '@/server/core/operation/operation'
import { readEvent, readSummary, readVerification } from '@/server/core/path/stored'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import { type Clock, isoNow } from '../clock'
import type { Logger } from '../log/logger'
import type { Database, Tx } from './database'
import { createEndings } from './endings'
import { appendJournal } from './journal'
import { endWithRecord } from './operation-rows'
import { readJson, writeJson } from './json'
import { behind, byLatest, cutPage, rowsFor } from './pages'
import { absent } from './retention/removed'
import type { EndPair, VerificationStore } from './store'

const summaryColumns = { id: true, startedAt: true, summaryJson: true } as const
const cursorOf = ({ id, startedAt }: Pick<Row, 'id' | 'startedAt'>) => ({ startedAt, id })

const columnsOf = ({ from, to }: EndPair) => ({ sourcePortId: from, destinationPortId: to })

/** What was cancelled saw a part at most. */
const WITH_VERDICT: readonly Verification['status'][] = ['passed', 'failed']

const isEvidenceOf = ({ from, to }: EndPair, { status, source, destination }: Verification): boolean =>
  WITH_VERDICT.includes(status) && source.id === from && destination.id === to

export function createVerificationStore(database: Database, clock: Clock, logger: Logger, onWritten: () => void): VerificationStore {
  const endings = createEndings<Verification, VerificationEvent>(
    database,
    logger,
    async (tx, verification) => {
      if (!(await endWithRecord(tx, verification.id, outcomeOf(verification), isoNow(clock)))) return false
      await saveVerification(tx, verification)
      return true
    },
    onWritten,
  )
  /** As it is written, unless its end could not be. */
  const told = ({ id, summaryJson }: Pick<Row, 'id' | 'summaryJson'>): VerificationSummary => {
    const unwritten = endings.unwritten(id)
    return unwritten ? summarize(unwritten) : readSummary(readJson(summaryJson))
  }
  return {
    save: async (verification) => {
      await endings.retry()
      await database.write((tx) => saveVerification(tx, verification))
    },
    settle: endings.retry,
    finish: endings.write,
    get: async (id) =>
      endings.unwritten(id) ??
      database.read(async (tx) => {
        const row = await tx.verificationRecord.findUnique({ where: { id } })
        if (!row) throw await absent(tx, 'verifications', id)
        return readVerification(readJson(row.verificationJson))
      }),
    list: ({ limit, cursor }) =>
      database.read(async (tx) => {
        const rows = await tx.verificationRecord.findMany({
          select: summaryColumns,
          where: behind(cursor),
          orderBy: byLatest,
          take: rowsFor({ limit }),
        })
        const { shown, nextCursor } = cutPage(rows, limit, cursorOf)
        return { items: shown.map(told), nextCursor, total: await tx.verificationRecord.count() }
      }),
    latest: () =>
      database.read(async (tx) => {
        const row = await tx.verificationRecord.findFirst({ select: summaryColumns, orderBy: byLatest })
        return row && told(row)
      }),
    lastEvidence: (pair) =>
      database.read(async (tx) => {
        const row = await tx.verificationRecord.findFirst({
          where: { ...columnsOf(pair), status: { in: [...WITH_VERDICT] } },
          orderBy: byLatest,
        })
        const written = row && readVerification(readJson(row.verificationJson))
        const unwritten = endings.listUnwritten().filter((each) => isEvidenceOf(pair, each))
        return [...unwritten, ...(written ? [written] : [])].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))[0] ?? null
      }),
    listUnfinished: () =>
      database.read(async (tx) => {
        const rows = await tx.verificationRecord.findMany({ where: { status: 'running' } })
        return rows.map((row) => readVerification(readJson(row.verificationJson)))
      }),
    appendEvent: (event) => appendJournal(database, event.verificationId, event),
    listEvents: async (id, afterSeq) => (await endings.listEvents(id, afterSeq)).map(readEvent),
  }
}

/** One that found the path broken did what it was asked for. */
const outcomeOf = ({ status, verdict }: Verification): OperationOutcome => {
  if (verdict?.code === 'console-stopped') return 'interrupted'
  if (verdict?.code === 'broke-off') return 'failed'
  return status === 'cancelled' ? 'cancelled' : 'succeeded'
}

async function saveVerification(tx: Tx, verification: Verification): Promise<void> {
  const { id, ...row } = toRow(verification)
  await tx.verificationRecord.upsert({ where: { id }, create: { id, ...row }, update: row })
  // Hops that one capture is the evidence of name it each.
  const captures = new Set(verification.hops.flatMap(({ pcap }) => pcap ?? []))
  await tx.captureRecord.deleteMany({ where: { verificationId: id } })
  await tx.captureRecord.createMany({ data: [...captures].map((capture) => ({ id: capture, verificationId: id })) })
}

function toRow(verification: Verification): Row {
  const { id, status, startedAt } = verification
  const pair = columnsOf({ from: verification.source.id, to: verification.destination.id })
  return { id, status, startedAt, ...pair, summaryJson: writeJson(summarize(verification)), verificationJson: writeJson(verification) }
}

function summarize({ id, status, source, destination, startedAt, durationMs, verdict, firstBadHopId }: Verification): VerificationSummary {
  const labels = { sourceLabel: source.label, destinationLabel: destination.label, networkName: source.networkName }
  return { id, status, ...labels, startedAt, durationMs, verdict, firstBadHopId }
}
