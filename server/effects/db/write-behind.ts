// Readings on their way into the database. Nobody waits for the disk: a reading is known as soon as it is handed in, and written after
// those before it; where a newer one of the same host comes meanwhile, only that is written. What the database refuses, because the disk
// is full or somebody else writes for too long, is logged once, told from memory, and tried again with the next reading and at the end.
// It holds up nobody: the others have their turn before it.

import type { HostObservation } from '@/server/core/host/observation'
import type { Logger } from '../log/logger'

export interface WriteBehind {
  /** Never fails. Whoever must know that it was written or refused may wait. */
  save(observation: HostObservation): Promise<void>
  /** What the database does not have yet. */
  unwritten(hostId: string): HostObservation | undefined
  /** Writes what is left, as far as the database takes it. Never fails. */
  settle(): Promise<void>
}

/** `write` is given a way to ask whether the reading is still the newest of its host. */
export function createWriteBehind(
  write: (observation: HostObservation, isNewest: () => boolean) => Promise<void>,
  logger: Logger,
): WriteBehind {
  /** In the order in which they are written. */
  const pending = new Map<string, HostObservation>()
  let writing: Promise<void> | null = null
  /** Hosts whose reading was refused and is not written yet. */
  const refusedHosts = new Set<string>()
  let isWell = true

  async function writeOn(): Promise<void> {
    if (pending.size > 0) await (writing ??= writeAll())
  }

  /** Once round: until what is left was refused, each of it once. */
  async function writeAll(): Promise<void> {
    const refused = new Set<HostObservation>()
    const next = () => [...pending.values()].find((each) => !refused.has(each))
    for (let observation = next(); observation; observation = next()) {
      const { hostId } = observation
      const isWritten = await tryWrite(observation)
      if (!isWritten) refused.add(observation)
      const newest = pending.get(hostId)
      pending.delete(hostId)
      // One that came meanwhile has its turn after the others, as has one that was refused.
      if (newest && (newest !== observation || !isWritten)) pending.set(hostId, newest)
    }
    writing = null
  }

  async function tryWrite(observation: HostObservation): Promise<boolean> {
    const { hostId } = observation
    try {
      await write(observation, () => pending.get(hostId) === observation)
      refusedHosts.delete(hostId)
      isWell = true
      return true
    } catch (error) {
      if (refusedHosts.has(hostId)) return false
      if (isWell) logger.error('A reading could not be stored. It is told from memory.', { hostId, err: error })
      isWell = false
      refusedHosts.add(hostId)
      return false
    }
  }

  return {
    save: (observation) => {
      // A newer one takes the place of the older in the queue.
      pending.set(observation.hostId, observation)
      return writeOn()
    },
    unwritten: (hostId) => pending.get(hostId),
    settle: async () => {
      await writing
      await writeOn()
    },
  }
}
