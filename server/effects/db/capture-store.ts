// Kept captures: the bytes in files of the data directory, the database only says which. A file is named by its id, never
// by what somebody called it.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@/server/core/app-error'
import { type Clock, isoNow } from '../clock'
import type { IdSource } from '../ids'
import type { Database } from './database'
import type { CaptureStore } from './store'

interface Deps {
  readonly database: Database
  readonly dataDirectory: string
  readonly clock: Clock
  readonly ids: IdSource
}

export function createCaptureStore({ database, dataDirectory, clock, ids }: Deps): CaptureStore {
  const directory = join(dataDirectory, 'captures')
  const pathOf = (id: string) => join(directory, `${id}.pcap`)
  return {
    save: async ({ verificationId, hopId, fileName }, bytes) => {
      const record = { id: ids.uuid(), verificationId, hopId, fileName, createdAt: isoNow(clock), sizeBytes: bytes.length }
      await mkdir(directory, { recursive: true, mode: 0o700 })
      await writeFile(pathOf(record.id), bytes, { mode: 0o600 })
      await database.write((tx) => tx.captureFile.create({ data: record }))
      return record
    },
    get: async (id) => {
      const record = await database.read((tx) => tx.captureFile.findUnique({ where: { id } }))
      if (!record) throw new AppError('not_found', 'This capture does not exist, or no longer.')
      return { ...record, filePath: pathOf(record.id) }
    },
  }
}
