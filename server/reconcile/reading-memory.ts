// The newest reading of each host, parsed once and kept: whoever wants the latest state takes it from here. What was read before the
// console started, or had to make room, comes from the store, once for all who ask at the same time.
//
// Only readings of whole hosts come in: plans, ways back and lists of leftovers rest on what is here.

import type { HostObservation } from '@/server/core/host/observation'
import { kindNames } from '@/server/core/host/host-state'
import type { ObservationStore } from '@/server/effects/db/store'

export interface ReadingMemory {
  keep(observation: HostObservation): void
  last(hostId: string): Promise<HostObservation | null>
  /** When the last ones were taken: a list of hundreds of hosts needs no state of any. A host that was never read is left out. */
  lastReadAt(hostIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  forget(hostId: string): void
}

/** Flows, links, rules and so on, of all hosts together. One takes some 800 bytes: a host with 1,000 ports and 20,000 flows 16 MB. */
const MAX_RESOURCES = 400_000

/** A reading on its way out of the store. */
interface Load {
  /** Read while it was on its way: the store may have given the one before. */
  newer: HostObservation | null
  answer: Promise<HostObservation | null>
}

export function createReadingMemory(store: Pick<ObservationStore, 'load' | 'lastReadAt'>, maxResources = MAX_RESOURCES): ReadingMemory {
  /** Least recently used first. */
  const held = new Map<string, HostObservation>()
  const loading = new Map<string, Load>()

  function hold(observation: HostObservation): void {
    held.delete(observation.hostId)
    held.set(observation.hostId, observation)
    let resources = [...held.values()].reduce((sum, each) => sum + weigh(each), 0)
    for (const [hostId, each] of held) {
      if (resources <= maxResources || hostId === observation.hostId) return
      held.delete(hostId)
      resources -= weigh(each)
    }
  }

  function load(hostId: string): Promise<HostObservation | null> {
    const started: Load = { newer: null, answer: store.load(hostId) }
    started.answer = finish(hostId, started)
    loading.set(hostId, started)
    return started.answer
  }

  async function finish(hostId: string, started: Load): Promise<HostObservation | null> {
    // The host may be gone meanwhile.
    const isWanted = () => loading.get(hostId) === started
    try {
      const stored = await started.answer
      // One that was read meanwhile counts, also when it had to make room again.
      const observation = held.get(hostId) ?? started.newer ?? stored
      if (observation && isWanted()) hold(observation)
      return observation
    } finally {
      if (isWanted()) loading.delete(hostId)
    }
  }

  return {
    keep: (observation) => {
      const started = loading.get(observation.hostId)
      if (started) started.newer = observation
      hold(observation)
    },
    last: async (hostId) => {
      const observation = held.get(hostId)
      if (!observation) return loading.get(hostId)?.answer ?? load(hostId)
      held.delete(hostId)
      held.set(hostId, observation)
      return observation
    },
    lastReadAt: async (hostIds) => {
      const others = hostIds.filter((hostId) => !held.has(hostId))
      const times = new Map(others.length > 0 ? await store.lastReadAt(others) : [])
      for (const hostId of hostIds) {
        const observation = held.get(hostId)
        if (observation) times.set(hostId, observation.observedAt)
      }
      return times
    },
    forget: (hostId) => {
      held.delete(hostId)
      loading.delete(hostId)
    },
  }
}

const weigh = ({ state }: HostObservation): number => kindNames.reduce((sum, kind) => sum + state[kind].length, 0)
