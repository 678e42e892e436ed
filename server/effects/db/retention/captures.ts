// Capture files beyond the limits. Which of them something points at, the database knows.

import type { Prisma } from '@/generated/prisma/client'
import { capturesBeyond, type CaptureFile } from '@/server/core/retention/choose-captures'
import type { Retention } from '@/server/core/retention/retention'
import type { Tx } from '../database'
import { pinnedCaptures } from './candidates'

export const listPinnedCaptures = async (tx: Tx): Promise<ReadonlySet<string>> => {
  const query: Prisma.Sql = pinnedCaptures
  return new Set((await tx.$queryRaw<{ id: string }[]>(query)).map(({ id }) => id))
}

/** `files` with the latest first. */
export async function goingCaptures(tx: Tx, files: readonly CaptureFile[], limits: Retention, now: Date): Promise<readonly CaptureFile[]> {
  const beyond = capturesBeyond(files, limits, now)
  if (beyond.length === 0) return []
  const pinned = await listPinnedCaptures(tx)
  return beyond.filter(({ id }) => !pinned.has(id))
}
