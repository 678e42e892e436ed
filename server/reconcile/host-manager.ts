// Everything the conductor knows of hosts at run time: the SSH pool, the last observation and whether a host answers.
// Whoever asks for a reading while one is going gets the same one, except a run: what it reads must be younger than its last step.

import { failedHealth, reachableHealth, unknownHealth, type HostHealth } from '@/server/core/host/host-health'
import type { HostObservation } from '@/server/core/host/observation'
import { rememberUnseen } from '@/server/core/plan/unseen'
import { wordsOf, type HostScope } from '@/server/core/parse/host-part'
import { toObservation, type ReadSections } from '@/server/core/parse/host-read'
import { newFlowMemo, type FlowMemo } from '@/server/core/parse/openflow/flow-memo'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { Store } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'
import type { Logger } from '@/server/effects/log/logger'
import type { IdSource } from '@/server/effects/ids'
import { findById } from '@/server/core/topology/find'
import { accessUnknown } from '@/server/effects/ssh/host-access'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { createSshPool, type SshPool } from '@/server/effects/ssh/pool'
import { readHost } from './observe'
import { createReadingMemory } from './reading-memory'

export interface HostManager {
  readonly pool: SshPool
  session(hostId: string): HostSession
  /** Reads the host; over a given session, whose round trips are counted, anew in any case. */
  observe(hostId: string, session?: HostSession): Promise<HostObservation>
  /** The same, as something can be laid over it. */
  readWhole(hostId: string): Promise<ReadSections>
  /** Only these parts. It is kept by whoever asks, and nobody else sees it. */
  readPart(hostId: string, scope: HostScope): Promise<ReadSections>
  last(hostId: string): Promise<HostObservation | null>
  /** Of each of these. */
  health(hostIds: readonly string[]): Promise<ReadonlyMap<string, HostHealth>>
  forget(hostId: string): Promise<void>
}

export interface HostManagerDeps {
  readonly store: Store
  readonly clock: Clock
  readonly ids: IdSource
  readonly events: EventHub
  readonly logger: Logger
}

const poolOf = ({ store }: Pick<HostManagerDeps, 'store'>): SshPool =>
  createSshPool({ loadAccess: (hostId) => store.hosts.loadAccess(hostId) })

export function createHostManager(deps: HostManagerDeps, pool = poolOf(deps)): HostManager {
  const reading = new Map<string, Promise<Reading>>()
  const readingParts = new Map<string, Promise<ReadSections>>()
  const memory = createReadingMemory(deps.store.observations)
  const ordered = newestFirst()
  const health = new Map<string, HostHealth>()
  const flowMemos = new Map<string, FlowMemo>()

  function memoOf(hostId: string): FlowMemo {
    const memo = flowMemos.get(hostId) ?? newFlowMemo()
    flowMemos.set(hostId, memo)
    return memo
  }

  const sectionsOf = (hostId: string, session: HostSession, scope?: HostScope) =>
    readHost(session, hostId, { clock: deps.clock, nonce: deps.ids.uuid(), flowMemo: memoOf(hostId) }, scope)

  async function read(hostId: string, session: HostSession): Promise<Reading> {
    const turn = ordered.begin()
    try {
      const sections = await sectionsOf(hostId, session)
      const observation = rememberUnseen(await memory.last(hostId).catch(() => null), toObservation(sections))
      health.set(hostId, reachableHealth(observation.observedAt))
      if (!ordered.isNewest(hostId, turn)) return { sections, observation }
      memory.keep(observation)
      // What was read is known, whether it can be stored or not: neither a page nor a way back waits for the database.
      void deps.store.observations.save(observation)
      return { sections, observation }
    } catch (error) {
      health.set(hostId, failedHealth(error, health.get(hostId)?.observedAt ?? null))
      throw error
    } finally {
      deps.events.publish({ type: 'observation', hostId, observedAt: isoNow(deps.clock) })
    }
  }

  /** Of a host that was read whole before: when that was stays what is known of its age. */
  async function readPart(hostId: string, scope: HostScope): Promise<ReadSections> {
    const before = health.get(hostId)
    const observedAt = before?.observedAt ?? null
    try {
      const sections = await sectionsOf(hostId, pool.forHost(hostId), scope)
      health.set(hostId, { ...reachableHealth(sections.observedAt), observedAt })
      return sections
    } catch (error) {
      health.set(hostId, failedHealth(error, observedAt))
      throw error
    } finally {
      if (health.get(hostId)?.status !== before?.status)
        deps.events.publish({ type: 'observation', hostId, observedAt: isoNow(deps.clock) })
    }
  }

  /** A bounded number of questions, however many hosts. */
  async function healthOf(hostIds: readonly string[]): Promise<ReadonlyMap<string, HostHealth>> {
    const [access, readAt] = await Promise.all([deps.store.hosts.describeAccess(hostIds), memory.lastReadAt(hostIds)])
    const known = hostIds.map((hostId): readonly [string, HostHealth] => {
      const { observedAt, ...rest } = health.get(hostId) ?? unknownHealth(null)
      return [hostId, { ...rest, observedAt: observedAt ?? readAt.get(hostId) ?? null }]
    })
    if (hostIds.every((hostId) => access.has(hostId))) return new Map(known)
    const { hosts } = await deps.store.loadTopology()
    return new Map(
      known.map(([hostId, each]) => [
        hostId,
        access.has(hostId) ? each : failedHealth(accessUnknown(findById(hosts, hostId)?.name), each.observedAt),
      ]),
    )
  }

  const shared = (hostId: string): Promise<Reading> => once(reading, hostId, () => read(hostId, pool.forHost(hostId)))

  return {
    pool,
    session: (hostId) => pool.forHost(hostId),
    observe: async (hostId, session) => (await (session ? read(hostId, session) : shared(hostId))).observation,
    readWhole: async (hostId) => (await shared(hostId)).sections,
    readPart: (hostId, scope) => once(readingParts, [hostId, ...wordsOf(scope)].join(' '), () => readPart(hostId, scope)),
    last: memory.last,
    health: healthOf,
    forget: async (hostId) => {
      memory.forget(hostId)
      health.delete(hostId)
      flowMemos.delete(hostId)
      await pool.close(hostId)
    },
  }
}

interface Reading {
  readonly sections: ReadSections
  readonly observation: HostObservation
}

/** For all who ask while it is going. */
function once<T>(going: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const running = going.get(key) ?? start().finally(() => going.delete(key))
  going.set(key, running)
  return running
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
