// Paths between two endpoints, from the design and the last readings, and followed live while somebody looks. A host that
// cannot be read, or not in time, is drawn as last read, and the path says so: it does not hold up the others.

import { onAbort } from '@/server/effects/on-abort'
import type { NoPath, Path, SentPath } from '@/server/core/path/path'
import { crossedHosts } from '@/server/core/path/crossed-hosts'
import { drawPath, isPath } from '@/server/core/path/compute-path'
import { STALE_AFTER_S } from '@/server/core/path/currency'
import { listEndpoints } from '@/server/core/path/list-endpoints'
import { WalkMemory } from '@/server/core/walk/walk-memory'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { EndPair, Store } from '@/server/effects/db/store'
import type { EventHub } from '@/server/effects/events'
import { within } from '@/server/effects/ssh/deferred'
import type { Conductor, PathQuery } from './conductor'
import type { HostManager } from './host-manager'
import { createHostWatch, type HostWatch } from './host-watch'
import { loadCloud } from './load-cloud'

export interface PathManager {
  readonly endpoints: Conductor['pathEndpoints']
  readonly compute: Conductor['computePath']
  readonly watch: Conductor['watchPath']
}

export interface PathManagerDeps {
  readonly store: Store
  readonly events: EventHub
  readonly hosts: HostManager
  readonly clock: Clock
  /** How long the path waits for one host, in milliseconds; its reading goes on meanwhile. */
  readonly patienceMs?: number
}

/** While one host hangs, what is shown of the others is up to twice this and a pause old: less than makes them stale. */
const DEFAULT_PATIENCE_MS = (STALE_AFTER_S * 1_000) / 4

export function createPathManager({ store, events, hosts, clock, patienceMs = DEFAULT_PATIENCE_MS }: PathManagerDeps): PathManager {
  const memory = new WalkMemory()
  /** `watch`: reads the hosts, and has what was read; null: as they were last read. */
  const draw = async (query: PathQuery, watch: HostWatch | null): Promise<SentPath | NoPath> => {
    const last = watch?.last ?? hosts.last
    let cloud = await loadCloud({ store, hosts: watch ?? hosts })
    const hostIds = crossedHosts(cloud, query.from, query.to).map(({ id }) => id)
    const until = clock.now().getTime() + patienceMs
    const patient = (reading: Promise<unknown>) => within(Math.max(0, until - clock.now().getTime()), reading)
    if (watch) await Promise.all(hostIds.map((hostId) => patient(watch.read(hostId))))
    for (;;) {
      // What a host was found to have may have changed with the reading.
      if (watch && cloud.found.size > 0) cloud = await loadCloud({ store, hosts: watch })
      const known = {
        ...(await lastKnown(hosts, last, hostIds)),
        lastEvidence: await store.verifications.lastEvidence(pairOf(query)),
        revision: await lastRevision(store),
      }
      const drawn = drawPath({ ...cloud, ...known, memory }, query.from, query.to)
      if (!('path' in drawn)) return drawn
      const beyond = watch?.follow(drawn.crossed) ?? []
      if (!watch || beyond.length === 0) return { ...drawn.path, sentAt: isoNow(clock) }
      await Promise.all(beyond.map((hostId) => patient(watch.readWhole(hostId))))
    }
  }
  return {
    endpoints: async () => {
      const { topology, found } = await loadCloud({ store, hosts })
      return listEndpoints(topology, found)
    },
    compute: (query, { fresh }) => draw(query, fresh ? createHostWatch({ hosts, clock }) : null),
    watch: async function* (query, signal) {
      const watch = createHostWatch({ hosts, clock })
      const disturbances = events.subscribe(['design', 'revision', 'run', 'elsewhere'], signal)[Symbol.asyncIterator]()
      void forgetAtEach(disturbances, watch)
      try {
        while (!signal.aborted) {
          // Before the design is read, so that no change of it is missed.
          const changes = events.subscribe(['design', 'elsewhere'], signal)[Symbol.asyncIterator]()
          try {
            const path = await draw(query, watch)
            yield path
            // Where there is no path, only a change of the design can make one.
            await (isPath(path) ? pause(query.intervalS * 1000, signal) : changes.next())
          } finally {
            await changes.return?.()
          }
        }
      } finally {
        await disturbances.return?.()
      }
    },
  }
}

async function forgetAtEach(disturbances: AsyncIterator<unknown>, watch: HostWatch): Promise<void> {
  while (!(await disturbances.next()).done) watch.forget()
}

async function lastKnown(hosts: HostManager, last: HostManager['last'], hostIds: readonly string[]) {
  const [observations, health] = await Promise.all([Promise.all(hostIds.map((id) => last(id))), hosts.health(hostIds)])
  return {
    observations: new Map(observations.flatMap((observation) => (observation ? [[observation.hostId, observation]] : []))),
    health,
  }
}

const pairOf = ({ from, to }: PathQuery): EndPair => ({ from, to })

async function lastRevision(store: Store): Promise<Path['revision']> {
  const last = await store.revisions.latest()
  return last ? { number: last.number, appliedAt: last.createdAt } : null
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    const forget = onAbort(signal, done)
    function done() {
      clearTimeout(timer)
      forget()
      resolve()
    }
  })
}
