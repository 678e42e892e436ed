// Kept captures: one pcap per capture point below the data directory, few and small. They are never put into the
// database, which knows only what they are evidence of and how many may be kept (effects/db/retention). Nobody else reads or writes these files.

import { mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { invariant } from '@/server/core/invariant'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import type { CaptureFile } from '@/server/core/retention/choose-captures'
import { encodePcap } from '@/server/core/packet/pcap-writer'

export interface KeptCapture {
  readonly id: string
  readonly filePath: string
  readonly sizeBytes: number
}

export interface CaptureStore {
  /** null for what is no id, and for one whose file is gone. */
  find(id: string): Promise<KeptCapture | null>
  save(id: string, packets: readonly CapturedPacket[], snapLength: number): Promise<void>
  /** The latest first. */
  list(): Promise<readonly CaptureFile[]>
  remove(ids: readonly string[]): Promise<void>
}

const ID = /^[0-9a-z][0-9a-z-]{7,63}$/
const SUFFIX = '.pcap'

const directoryIn = (dataDirectory: string): string => join(dataDirectory, 'captures')

/** null for what is no capture id: ids come from URLs, and a path must not be made from anything else. */
export const captureFilePath = (dataDirectory: string, id: string): string | null =>
  ID.test(id) ? join(directoryIn(dataDirectory), `${id}${SUFFIX}`) : null

export function createCaptureStore(dataDirectory: string): CaptureStore {
  const directory = directoryIn(dataDirectory)
  const pathOf = (id: string) => captureFilePath(dataDirectory, id)
  return {
    find: async (id) => {
      const filePath = pathOf(id)
      const facts = filePath === null ? null : await stat(filePath).catch(() => null)
      return filePath === null || !facts ? null : { id, filePath, sizeBytes: facts.size }
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
    list: async () => {
      const names = await readdir(directory).catch(() => [])
      const files = await Promise.all(names.filter((name) => name.endsWith(SUFFIX)).map((name) => describeFile(directory, name)))
      return files.flat().sort((left, right) => right.changedAtMs - left.changedAtMs)
    },
    remove: async (ids) => {
      for (const path of ids.map(pathOf)) if (path) await unlink(path).catch(() => undefined)
    },
  }
}

async function describeFile(directory: string, name: string): Promise<CaptureFile[]> {
  const facts = await stat(join(directory, name)).catch(() => null)
  return facts ? [{ id: name.slice(0, -SUFFIX.length), bytes: facts.size, changedAtMs: facts.mtimeMs }] : []
}
