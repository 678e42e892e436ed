// One console per data directory: a second one would close the first one's runs as interrupted, write into their journals, and start
// runs of its own beside them.
//
// The lock is one of the kernel's, taken by SQLite on a file of its own. It goes with its process, however that ends, so it is never
// stale; and it holds for processes which cannot see each other's pid, in containers that share a volume. Who holds it stands
// beside it, for the sentence that the second one prints.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { z } from 'zod'
import { AppError } from '@/server/core/app-error'
import { type Clock, isoNow } from '../clock'
import { createFile } from './data-directory'

export interface ConsoleLock {
  release(): void
}

const lockPath = (dataDirectory: string): string => join(dataDirectory, 'console.lock')
const holderPath = (dataDirectory: string): string => join(dataDirectory, 'console.json')

const holderShape = z.object({ pid: z.number(), startedAt: z.string() })

/** Throws `busy` with a sentence that names the holder. The directory must be there. */
export async function takeConsoleLock(dataDirectory: string, clock: Clock): Promise<ConsoleLock> {
  const url = pathToFileURL(lockPath(dataDirectory)).href
  createFile(lockPath(dataDirectory))
  const client = new PrismaLibSql({ url }).createClient({ url })
  try {
    // Once taken, it is kept until the connection is closed.
    await client.execute('PRAGMA locking_mode = EXCLUSIVE')
    await client.execute('BEGIN EXCLUSIVE')
    await client.execute('COMMIT')
  } catch (error) {
    client.close()
    throw isBusy(error) ? heldByAnother(dataDirectory) : error
  }
  writeFileSync(holderPath(dataDirectory), JSON.stringify({ pid: process.pid, startedAt: isoNow(clock) }), { mode: 0o600 })
  return {
    release: () => {
      rmSync(holderPath(dataDirectory), { force: true })
      client.close()
    },
  }
}

const isBusy = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY'

function heldByAnother(dataDirectory: string): AppError {
  const holder = readHolder(dataDirectory)
  const name = holder ? `process ${holder.pid}, since ${holder.startedAt}` : 'a process that did not leave its name'
  return new AppError(
    'busy',
    `Another console is at work on ${dataDirectory}: ${name}. Stop it first, or give this one a data directory of its own (TAPLINE_DATA).`,
  )
}

/** null between the lock and the name of who took it. */
function readHolder(dataDirectory: string): z.infer<typeof holderShape> | null {
  const path = holderPath(dataDirectory)
  if (!existsSync(path)) return null
  try {
    return holderShape.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
}
