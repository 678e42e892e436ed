// Verifications: the evidence and its journal.

import type { VerificationRecord as Row } from '@/generated/prisma/client'
import type { VerificationSummary } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { readEvent, readSummary, readVerification } from '@/server/core/path/stored'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import type { Database, Tx } from './database'
import { createEndings } from './endings'
import { appendJournal } from './journal'
import { readJson, writeJson } from './json'
import type { VerificationStore } from './store'

export function createVerificationStore(database: Database): VerificationStore {
  const endings = createEndings<Verification, VerificationEvent>(database, saveVerification)
  return {
    save: async (verification) => {
      await endings.retry()
      await database.write((tx) => saveVerification(tx, verification))
    },
    finish: endings.write,
    get: async (id) =>
      endings.unwritten(id) ??
      database.read(async (tx) => {
        const row = await tx.verificationRecord.findUnique({ where: { id } })
        if (!row) throw new AppError('not_found', 'This verification does not exist, or no longer.')
        return readVerification(readJson(row.verificationJson))
      }),
    list: () =>
      database.read(async (tx) => {
        const rows = await tx.verificationRecord.findMany({ select: { summaryJson: true }, orderBy: { startedAt: 'desc' } })
        const written = rows.map((row) => readSummary(readJson(row.summaryJson)))
        return written.map((summary) => {
          const unwritten = endings.unwritten(summary.id)
          return unwritten ? summarize(unwritten) : summary
        })
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

async function saveVerification(tx: Tx, verification: Verification): Promise<void> {
  const { id, ...row } = toRow(verification)
  await tx.verificationRecord.upsert({ where: { id }, create: { id, ...row }, update: row })
}

function toRow(verification: Verification): Row {
  const { id, status, startedAt } = verification
  return { id, status, startedAt, summaryJson: writeJson(summarize(verification)), verificationJson: writeJson(verification) }
}

function summarize({ id, status, source, destination, startedAt, durationMs, verdict, firstBadHopId }: Verification): VerificationSummary {
  const labels = { sourceLabel: source.label, destinationLabel: destination.label, networkName: source.networkName }
  return { id, status, ...labels, startedAt, durationMs, verdict, firstBadHopId }
}
