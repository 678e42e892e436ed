// Paths between two endpoints, from the design and the last readings, and followed live while somebody looks.

import { onAbort } from '@/server/effects/on-abort'
import type { NoPath, Path } from '@/server/core/path/path'
import { hostsToRead } from '@/server/core/path/carrier'
import { computePath, isPath } from '@/server/core/path/compute-path'
import { listEndpoints } from '@/server/core/path/list-endpoints'
import type { HostObservation } from '@/server/core/host/observation'
import type { Topology } from '@/server/core/topology/topology'
import type { Store } from '@/server/effects/db/store'
import type { Conductor, PathQuery } from './conductor'
import type { HostRoom } from './host-room'

export interface PathRoom {
  readonly endpoints: Conductor['pathEndpoints']
  readonly compute: Conductor['computePath']
  readonly watch: Conductor['watchPath']
}

export function createPathRoom({ store, hosts }: { readonly store: Store; readonly hosts: HostRoom }): PathRoom {
  const compute = async (query: PathQuery, { fresh }: { readonly fresh: boolean }): Promise<Path | NoPath> => {
    const topology = await store.loadTopology()
    const observations = await readHosts(hosts, hostsOf(topology, query), fresh)
    return computePath({ topology, observations, lastEvidence: await lastEvidence(store, query) }, query.sourcePortId, query.destinationPortId)
  }
  return {
    endpoints: async () => listEndpoints(await store.loadTopology()),
    compute,
    watch: async function* (query, signal) {
      while (!signal.aborted) {
        const path = await compute(query, { fresh: true })
        yield path
        // Nothing to follow until the design changes; the browser asks again then.
        if (!isPath(path)) return
        await pause(query.intervalS * 1000, signal)
      }
    },
  }
}

const hostsOf = (topology: Topology, query: PathQuery): readonly string[] => [
  ...new Set([query.sourcePortId, query.destinationPortId].flatMap((portId) => hostsToRead(topology, portId)).map(({ id }) => id)),
]

/** A host that cannot be read leaves its hops unchecked; the path is still drawn. */
async function readHosts(hosts: HostRoom, hostIds: readonly string[], fresh: boolean): Promise<Map<string, HostObservation>> {
  const read = (hostId: string) => (fresh ? hosts.observe(hostId).catch(() => hosts.last(hostId)) : hosts.last(hostId))
  const entries = await Promise.all(hostIds.map(async (hostId) => [hostId, await read(hostId)] as const))
  return new Map(entries.filter((entry): entry is readonly [string, HostObservation] => entry[1] !== null))
}

async function lastEvidence(store: Store, query: PathQuery) {
  const summaries = await store.verifications.list()
  for (const { id, status } of summaries.slice(0, RECENT)) {
    if (status !== 'passed' && status !== 'failed') continue
    const verification = await store.verifications.get(id)
    if (verification.source.portId === query.sourcePortId && verification.destination.portId === query.destinationPortId) return verification
  }
  return null
}

/** Older evidence says little about today's path. */
const RECENT = 20

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
