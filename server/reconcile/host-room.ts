// Everything the conductor knows of hosts at run time: the SSH pool, the last observation and whether a host answers.
// Whoever asks for a reading while one is going gets the same one, except a run: what it reads must be younger than its last step.

import { failedHealth, reachableHealth, unknownHealth, type HostHealth } from '@/server/core/host/host-health'
import type { HostObservation } from '@/server/core/host/observation'
import { rememberUnseen } from '@/server/core/plan/unseen'
import { newFlowMemo, type FlowMemo } from '@/server/core/parse/openflow/flow-memo'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Store } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'
import type { IdSource } from '@/server/effects/ids'
import { accessUnknown } from '@/server/effects/ssh/host-access'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { createSshPool, type SshPool } from '@/server/effects/ssh/pool'
import { observeHost } from './observe'
import { createReadingMemory } from './reading-memory'

export interface HostRoom {
  readonly pool: SshPool
  session(hostId: string): HostSession
  /** Reads the host; over a given session, whose round trips are counted, anew in any case. */
  observe(hostId: string, session?: HostSession): Promise<HostObservation>
  last(hostId: string): Promise<HostObservation | null>
  health(hostId: string): Promise<HostHealth>
  forget(hostId: string): Promise<void>
}

export interface HostRoomDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly events: EventHub
}

export function createHostRoom(deps: HostRoomDeps): HostRoom {
  const pool = createSshPool({ loadAccess: (hostId) => deps.store.hosts.loadAccess(hostId) })
  const reading = new Map<string, Promise<HostObservation>>()
  const memory = createReadingMemory(deps.store.observations)
  const ordered = newestFirst()
  const health = new Map<string, HostHealth>()
  const flowMemos = new Map<string, FlowMemo>()

  function memoOf(hostId: string): FlowMemo {
    const memo = flowMemos.get(hostId) ?? newFlowMemo()
    flowMemos.set(hostId, memo)
    return memo
  }

  async function read(hostId: string, session: HostSession): Promise<HostObservation> {
    const turn = ordered.begin()
    try {
      const reading = await observeHost(session, hostId, { clock: deps.clock, nonce: deps.ids.uuid(), flowMemo: memoOf(hostId) })
      const observation = rememberUnseen(await memory.last(hostId).catch(() => null), reading)
      health.set(hostId, reachableHealth(observation.observedAt))
      if (!ordered.isNewest(hostId, turn)) return observation
      memory.keep(observation)
      // What was read is known, whether it can be stored or not: neither a page nor a way back waits for the database.
      void deps.store.observations.save(observation)
      return observation
    } catch (error) {
      health.set(hostId, failedHealth(error, health.get(hostId)?.observedAt ?? null))
      throw error
    } finally {
      deps.events.publish({ type: 'observation', hostId, observedAt: isoNow(deps.clock) })
    }
  }

  return {
    pool,
    session: (hostId) => pool.forHost(hostId),
    observe: (hostId, session) => {
      if (session) return read(hostId, session)
      const running = reading.get(hostId) ?? read(hostId, pool.forHost(hostId)).finally(() => reading.delete(hostId))
      reading.set(hostId, running)
      return running
    },
    last: memory.last,
    health: async (hostId) => {
      const { observedAt, ...rest } = health.get(hostId) ?? unknownHealth(null)
      const known = { ...rest, observedAt: observedAt ?? (await memory.lastReadAt(hostId)) }
      return (await deps.store.hosts.describeAccess(hostId)) ? known : failedHealth(accessUnknown(), known.observedAt)
    },
    forget: async (hostId) => {
      memory.forget(hostId)
      health.delete(hostId)
      flowMemos.delete(hostId)
      await pool.close(hostId)
    },
  }
}

/** A run reads beside a page: of two readings the one that began later tells more, whichever is parsed first. */
function newestFirst() {
  const kept = new Map<string, number>()
  let turns = 0
  return {
    begin: (): number => (turns += 1),
    isNewest: (hostId: string, turn: number): boolean => {
      if (turn < (kept.get(hostId) ?? 0)) return false
      kept.set(hostId, turn)
      return true
    },
  }
}
