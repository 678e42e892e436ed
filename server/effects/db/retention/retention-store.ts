// Keeps what the limits allow. It is woken when something was stored, and works behind whoever stored it: a few records at a time, each
// batch a transaction of its own that takes its turn among those of others, and nothing while a run is going.

import type { RetainedKind, Retention } from '@/server/core/retention/retention'
import type { RetentionPreview, RetentionReport } from '@/server/core/retention/retention-report'
import type { CaptureStore } from '../../capture/capture-store'
import type { Clock } from '../../clock'
import type { Logger } from '../../log/logger'
import type { Database, Tx } from '../database'
import { countCandidates } from './candidates'
import { goingCaptures } from './captures'
import { loadRetention, saveRetention } from './limits'
import { hasCandidates, removeBatch } from './remove'
import { remember } from './removed'
import { report } from './report'

export interface RetentionStore {
  report(): Promise<RetentionReport>
  /** What `limits` would take of what is there now. */
  preview(limits: Retention): Promise<RetentionPreview>
  /** Resolves when what they no longer allow is gone; while a run is going, that is later. */
  set(limits: Retention): Promise<void>
  /** Returns at once. */
  wake(): void
  /** Resolves when nothing is left to remove. Never fails. */
  settle(): Promise<void>
}

interface Deps {
  readonly database: Database
  readonly databasePath: string
  readonly captures: Pick<CaptureStore, 'list' | 'remove'>
  readonly clock: Clock
  readonly logger: Logger
}

/** Runs before plans: a plan may be pointed at no more. */
const recordKinds = ['runs', 'plans', 'verifications', 'journals'] as const satisfies readonly RetainedKind[]

export function createRetentionStore({ database, databasePath, captures, clock, logger }: Deps): RetentionStore {
  let work: Promise<void> | null = null
  let isWokenAgain = false

  async function keepToLimits(): Promise<void> {
    do {
      isWokenAgain = false
      if (await database.read(isRunGoing)) return
      for (const kind of recordKinds) while (await removeSome(kind)) if (await database.read(isRunGoing)) return
      await removeCaptures()
    } while (isWokenAgain)
  }

  async function removeSome(kind: (typeof recordKinds)[number]): Promise<boolean> {
    const now = clock.now()
    if (!(await database.read(async (tx) => hasCandidates(tx, kind, (await loadRetention(tx))[kind], now)))) return false
    const { count, captureIds } = await database.write(async (tx) => removeBatch(tx, kind, (await loadRetention(tx))[kind], now))
    await captures.remove(captureIds)
    return count > 0
  }

  async function removeCaptures(): Promise<void> {
    const now = clock.now()
    const files = await captures.list()
    const going = await database.read(async (tx) => goingCaptures(tx, files, await loadRetention(tx), now))
    const ids = going.map(({ id }) => id)
    if (ids.length === 0) return
    await database.write((tx) => remember(tx, ids, now.toISOString()))
    await captures.remove(ids)
  }

  const wake = (): void => {
    isWokenAgain = true
    work ??= keepToLimits()
      .catch((error: unknown) => logger.error('Old records could not be removed.', { err: error }))
      .finally(() => {
        work = null
        if (isWokenAgain) wake()
      })
  }

  const settle = async (): Promise<void> => {
    while (work) await work
  }

  return {
    report: async () => {
      const files = await captures.list()
      return database.read((tx) => report(tx, databasePath, files))
    },
    preview: async (limits) => {
      const [now, files] = [clock.now(), await captures.list()]
      return database.read(async (tx) => {
        const count = (kind: (typeof recordKinds)[number]) => countCandidates(tx, kind, limits[kind], now)
        return {
          runs: await count('runs'),
          plans: await count('plans'),
          journals: await count('journals'),
          verifications: await count('verifications'),
          captures: (await goingCaptures(tx, files, limits, now)).length,
        }
      })
    },
    set: async (limits) => {
      await database.write((tx) => saveRetention(tx, limits))
      wake()
      await settle()
    },
    wake,
    settle,
  }
}

/** Its end wakes us. */
const isRunGoing = async (tx: Tx): Promise<boolean> => (await tx.runRecord.count({ where: { status: 'running' } })) > 0
