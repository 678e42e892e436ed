// Kept captures: one pcap per capture point below the data directory, few and small. They are never put into the
// database (conventions §5.3), and the oldest go when there are too many. Nobody else reads or writes these files.

import { mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@/server/core/app-error'
import { invariant } from '@/server/core/invariant'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import { encodePcap } from '@/server/core/packet/pcap-writer'

export interface KeptCapture {
  readonly id: string
  readonly filePath: string
  readonly sizeBytes: number
}

export interface CaptureStore {
  /** Throws not_found for what is no id, and for one whose file was pruned. */
  find(id: string): Promise<KeptCapture>
  save(id: string, packets: readonly CapturedPacket[], snapLength: number): Promise<void>
  prune(): Promise<void>
}

export interface Retention {
  readonly maxFiles: number
  readonly maxBytes: number
}

/** Some fifty verifications of a path across two hosts. */
const DEFAULT_RETENTION: Retention = { maxFiles: 400, maxBytes: 256 * 1024 * 1024 }

const ID = /^[0-9a-z][0-9a-z-]{7,63}$/
const SUFFIX = '.pcap'

const directoryIn = (dataDirectory: string): string => join(dataDirectory, 'captures')

/** null for what is no capture id: ids come from URLs, and a path must not be made from anything else. */
export const captureFilePath = (dataDirectory: string, id: string): string | null =>
  ID.test(id) ? join(directoryIn(dataDirectory), `${id}${SUFFIX}`) : null

export function createCaptureStore(dataDirectory: string, retention: Retention = DEFAULT_RETENTION): CaptureStore {
  const directory = directoryIn(dataDirectory)
  const pathOf = (id: string) => captureFilePath(dataDirectory, id)
  return {
    find: async (id) => {
      const filePath = pathOf(id)
      const facts = filePath === null ? null : await stat(filePath).catch(() => null)
      if (filePath === null || !facts) throw new AppError('not_found', 'This capture does not exist, or is no longer kept.')
      return { id, filePath, sizeBytes: facts.size }
    },
    save: async (id, packets, snapLength) => {
      const path = pathOf(id)
      invariant(path, `"${id}" is no capture id`)
      // Guests' payload may be in it: nobody but the console's user reads it.
      await mkdir(directory, { recursive: true, mode: 0o700 })
      try {
        await writeFile(path, encodePcap(packets, snapLength), { mode: 0o600 })
      } catch (error) {
        // What a full disk took of it would pass for the whole.
        await unlink(path).catch(() => undefined)
        throw error
      }
    },
    prune: async () => {
      let bytes = 0
      for (const [index, { path, size }] of (await listCaptures(directory)).entries()) {
        bytes += size
        if (index >= retention.maxFiles || bytes > retention.maxBytes) await unlink(path).catch(() => undefined)
      }
    },
  }
}

/** Newest first. */
async function listCaptures(directory: string) {
  const names = await readdir(directory).catch(() => [])
  const files = await Promise.all(names.filter((name) => name.endsWith(SUFFIX)).map((name) => describeFile(join(directory, name))))
  return files.flat().sort((left, right) => right.changedAtMs - left.changedAtMs)
}

async function describeFile(path: string) {
  const facts = await stat(path).catch(() => null)
  return facts ? [{ path, size: facts.size, changedAtMs: facts.mtimeMs }] : []
}
