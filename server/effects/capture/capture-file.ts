// Kept captures: one pcap per capture point below the data directory, few and small. They are never put into the
// database (conventions §5.3), and the oldest go when there are too many.

import { mkdir, readdir, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { invariant } from '@/server/core/invariant'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import { encodePcap } from '@/server/core/packet/pcap-writer'

const ID = /^[0-9a-z][0-9a-z-]{7,63}$/
const SUFFIX = '.pcap'

export interface Retention {
  readonly maxFiles: number
  readonly maxBytes: number
}

/** Some fifty verifications of a path across two hosts. */
export const defaultRetention: Retention = { maxFiles: 400, maxBytes: 256 * 1024 * 1024 }

/** null for what is no capture id: ids come from URLs, and a path must not be made from anything else. */
export function captureFilePath(directory: string, id: string): string | null {
  return ID.test(id) ? join(directory, `${id}${SUFFIX}`) : null
}

export async function saveCapture(directory: string, id: string, packets: readonly CapturedPacket[], snapLength: number): Promise<void> {
  const path = captureFilePath(directory, id)
  invariant(path, `"${id}" is no capture id`)
  // Guests' payload may be in it: nobody but the console's user reads it.
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writeFile(path, encodePcap(packets, snapLength), { mode: 0o600 })
}

export async function pruneCaptures(directory: string, { maxFiles, maxBytes }: Retention = defaultRetention): Promise<void> {
  const kept = await listCaptures(directory)
  let bytes = 0
  for (const [index, { path, size }] of kept.entries()) {
    bytes += size
    if (index >= maxFiles || bytes > maxBytes) await unlink(path).catch(() => undefined)
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
