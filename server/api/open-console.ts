// What a console does before it serves: it makes sure that the data directory is its own and that it can write to the database.
// Once per process; a development server calls it again whenever this file changes.

import { AppError, isAppError } from '@/server/core/app-error'
import { beforeExit } from '@/server/effects/before-exit'
import { systemClock } from '@/server/effects/clock'
import { listPendingMigrations } from '@/server/effects/db/check-database'
import { takeConsoleLock, type ConsoleLock } from '@/server/effects/db/console-lock'
import { ensureDataDirectory } from '@/server/effects/db/data-directory'
import { loadEnvironment } from '@/server/effects/env'
import { openLog } from '@/server/effects/log/logger'
import { getContext } from './context'

const KEY = Symbol.for('tapline.lock')

/** The global object keeps the lock for as long as the process lives, for all bundles that Next makes. */
type Shared = typeof globalThis & { [KEY]?: Promise<ConsoleLock> }

/** Ends the process with a sentence when it must not serve. */
export async function openConsole(): Promise<void> {
  try {
    const shared = globalThis as Shared
    await (shared[KEY] ??= claim())
    // Closes what an earlier console left running, before the first page asks.
    getContext()
  } catch (error) {
    const logger = openLog(loadEnvironment().logLevel)
    if (isAppError(error)) logger.fatal(error.message, { code: error.code })
    else logger.fatal('The console could not start.', { err: error })
    process.exit(1)
  }
}

async function claim(): Promise<ConsoleLock> {
  const { dataDirectory, databaseUrl } = loadEnvironment()
  ensureDataDirectory(dataDirectory)
  const lock = await takeConsoleLock(dataDirectory, systemClock)
  const pending = await listPendingMigrations(databaseUrl)
  if (pending.length > 0)
    throw new AppError(
      'conflict',
      `The tables of the database in ${dataDirectory} are not up to date. Start the console with npm start or npm run dev, or run: npx tsx scripts/migrate.ts`,
    )
  beforeExit(() => getContext().store.observations.settle())
  return lock
}
