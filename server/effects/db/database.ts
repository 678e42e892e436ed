// The open database: Prisma over libSQL, one connection, one writer at a time. Other processes may write too, such as a seed
// that runs beside the console; one-connection.ts waits for them.
//
// Inside `write` use only the transaction that is handed in: everything else waits for it to end.

import { type Prisma, PrismaClient } from '@/generated/prisma/client'
import { AppError, isAppError } from '@/server/core/app-error'
import { isDiskFull } from './disk-full'
import { OneConnection } from './one-connection'

/** Prisma ends a transaction after this; ours take milliseconds unless the machine is starved. */
const TRANSACTION_TIMEOUT_MS = 30_000

export type Tx = Prisma.TransactionClient

export interface Database {
  read<Result>(query: (db: Tx) => Promise<Result>): Promise<Result>
  /** All or nothing. */
  write<Result>(change: (tx: Tx) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

export function openDatabase(databaseUrl: string): Database {
  const client = new PrismaClient({ adapter: new OneConnection({ url: databaseUrl }) })
  let lastWriter: Promise<unknown> = Promise.resolve()
  return {
    read: (query) => query(client),
    write: (change) => {
      const written = lastWriter
        .then(() => client.$transaction(change, { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS }))
        .catch((error: unknown) => Promise.reject(notWritten(error)))
      lastWriter = written.catch(() => undefined)
      return written
    },
    close: async () => {
      await lastWriter
      await client.$disconnect()
    },
  }
}

/** In a sentence that a run's verdict can carry. Prisma puts the reason in the last line, below an excerpt of our source. */
function notWritten(error: unknown): AppError {
  if (isAppError(error)) return error
  if (isDiskFull(error)) return new AppError('disk_full', 'The console could not write to its database: the disk of its data directory is full. Nothing was stored.', {}, error)
  const reason = String(error instanceof Error ? error.message : error).trimEnd().split('\n').at(-1)
  return new AppError('internal', `The console could not write to its database: ${reason}`, {}, error)
}
