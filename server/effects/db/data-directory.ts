// The data directory: hosts' addresses and logins, plans, what commands printed. Nobody else on the machine may enter it, and its
// files say so once more, since a directory may be copied or opened up again.

import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/server/core/app-error'

const OTHERS = 0o077
const OWNER_ONLY_DIRECTORY = 0o700
const OWNER_ONLY_FILE = 0o600
/** /tmp and its like: a place for everybody. */
const STICKY = 0o1000

const DATABASE = 'tapline.db'
/** SQLite gives the log and the index the mode of the database when it makes them; what an earlier version made is mended. */
const DATABASE_FILES = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`]

/** Makes it, or closes it to others. One that holds other people's things is refused: closing it would take them away from these people. */
export function ensureDataDirectory(dataDirectory: string): void {
  mkdirSync(dataDirectory, { recursive: true, mode: OWNER_ONLY_DIRECTORY })
  closeDirectory(dataDirectory)
  const captures = join(dataDirectory, 'captures')
  if (existsSync(captures)) closeToOthers(captures, OWNER_ONLY_DIRECTORY)
  // SQLite would make it as the umask says.
  createFile(join(dataDirectory, DATABASE))
  for (const path of DATABASE_FILES.map((name) => join(dataDirectory, name)).filter((each) => existsSync(each)))
    closeToOthers(path, OWNER_ONLY_FILE)
}

/** An empty file, when there is none. One that is there is not opened: closing it would free what SQLite holds locked in this process. */
export function createFile(path: string): void {
  try {
    writeFileSync(path, '', { flag: 'wx', mode: OWNER_ONLY_FILE })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function closeDirectory(path: string): void {
  const { mode } = statSync(path)
  if ((mode & OTHERS) === 0) return
  const entries = readdirSync(path)
  const isOurs = (mode & STICKY) === 0 && (entries.length === 0 || entries.includes(DATABASE))
  if (!isOurs)
    throw new AppError(
      'conflict',
      `${path} can be entered by others on this machine and holds other things. Give the console a directory of its own (TAPLINE_DATA), or take that right away (chmod 700 ${path}).`,
    )
  closeToOthers(path, OWNER_ONLY_DIRECTORY)
}

function closeToOthers(path: string, mode: number): void {
  if ((statSync(path).mode & OTHERS) === 0) return
  try {
    chmodSync(path, mode)
  } catch (error) {
    throw new AppError(
      'conflict',
      `${path} is open to others on this machine, and is not ours to close. Give it to the user of the console (chown), with mode ${mode.toString(8)}.`,
      {},
      error,
    )
  }
}
