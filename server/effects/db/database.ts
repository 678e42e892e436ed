// The open database: Prisma over libSQL, two connections that write and one that reads, one writer at a time. Other processes may
// write too, such as a seed that runs beside the console; one-connection.ts waits for them. Who reads waits for nobody: SQLite keeps
// what was there (its log is written ahead).
//
// Inside `write` use only the transaction that is handed in: another write waits for it to end, and a read does not see what it did.

import { type Prisma, PrismaClient } from '@/generated/prisma/client'
import { AppError, isAppError } from '@/server/core/app-error'
import { isDiskFull } from './disk-full'
import { type Begin, NOTE, OneConnection, READ, WRITE } from './one-connection'

/** Prisma ends a transaction after this; ours take milliseconds unless the machine is starved. */
const TRANSACTION_TIMEOUT_MS = 30_000
const PATIENT = { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS }

export type Tx = Prisma.TransactionClient

export interface Database {
  read<Result>(query: (db: Tx) => Promise<Result>): Promise<Result>
  /** Every statement sees the same moment. */
  readAtOnce<Result>(query: (tx: Tx) => Promise<Result>): Promise<Result>
  /** All or nothing. `committed` is told at once, before anybody else writes here. */
  write<Result>(change: (tx: Tx) => Promise<Result>, committed?: (result: Result) => void): Promise<Result>
  /** The same without waiting for the disk: a power cut may take it back, for what can be learnt again. A process that ends loses nothing. */
  note<Result>(change: (tx: Tx) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export function openDatabase(databaseUrl: string): Database {
  const connect = (begin: Begin) => new PrismaClient({ adapter: new OneConnection({ url: databaseUrl }, begin) })
  const [reader, writer, noter] = [connect(READ), connect(WRITE), connect(NOTE)]
  let lastWriter: Promise<unknown> = Promise.resolve()

  function inTurn<Result>(
    client: PrismaClient,
    change: (tx: Tx) => Promise<Result>,
    committed?: (result: Result) => void,
  ): Promise<Result> {
    const written = lastWriter
      .then(() => client.$transaction(change, PATIENT))
      .then((result) => {
        committed?.(result)
        return result
      })
      .catch((error: unknown) => Promise.reject(notWritten(error)))
    lastWriter = written.catch(() => undefined)
    return written
  }

  return {
    read: (query) => query(reader),
    readAtOnce: (query) => reader.$transaction(query, PATIENT),
    write: (change, committed) => inTurn(writer, change, committed),
    note: (change) => inTurn(noter, change),
    close: async () => {
      await lastWriter
      await Promise.all([reader, writer, noter].map((client) => client.$disconnect()))
    },
  }
}

/** In a sentence that a run's verdict can carry. Prisma puts the reason in the last line, below an excerpt of our source. */
function notWritten(error: unknown): AppError {
  if (isAppError(error)) return error
  if (isDiskFull(error))
    return new AppError(
      'disk_full',
      'The console could not write to its database: the disk of its data directory is full. Nothing was stored.',
      {},
      error,
    )
  const reason = String(error instanceof Error ? error.message : error)
    .trimEnd()
    .split('\n')
    .at(-1)
  return new AppError('internal', `The console could not write to its database: ${reason}`, {}, error)
}
