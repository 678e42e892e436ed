// Counters of every host on the path, read before and after the ping: what grew in between is the evidence for hops that
// cannot be captured. A host whose counters cannot be read leaves its hops unproven, not the verification.

import { bridgeOfKey } from '@/server/core/host/flow'
import { type FlowGrowth, dropGrowths, flowGrowth, growthOfHop } from '@/server/core/path/counter-delta'
import { type FilterGrowth, filterGrowths } from '@/server/core/path/filter-drops'
import type { DropGrowth } from '@/server/core/path/sighting'
import type { EvidenceNote } from '@/server/core/path/verdict-params'
import type { Path, PathHop } from '@/server/core/path/path'
import { type CounterReading, readCounters } from '@/server/effects/capture/counters'
import { messageOf, type VerifyDeps } from './verify-deps'

type HostCounters = { readonly reading: CounterReading } | { readonly problem: EvidenceNote }
export type CountersByHost = ReadonlyMap<string, HostCounters>

const BRIDGE_ROLES: ReadonlySet<string> = new Set(['trunk-bridge', 'br-int', 'br-tun', 'provider-bridge', 'underlay-bridge'])

export async function readAllCounters(
  deps: Pick<VerifyDeps, 'session' | 'ids'>,
  path: Path,
  hostIds: readonly string[],
  signal: AbortSignal,
): Promise<CountersByHost> {
  const read = async (hostId: string): Promise<HostCounters> => {
    try {
      return { reading: await readCounters(deps.session(hostId), bridgesOf(path, hostId), deps.ids.uuid(), signal) }
    } catch (error) {
      return { problem: { code: 'said', params: { said: messageOf(error) } } }
    }
  }
  return new Map(await Promise.all(hostIds.map(async (hostId) => [hostId, await read(hostId)] as const)))
}

function bridgesOf(path: Path, hostId: string): string[] {
  return [
    ...new Set(
      [...path.forth.hops, ...path.back.hops]
        .filter((hop) => hop.place.hostId === hostId && BRIDGE_ROLES.has(hop.role))
        .map(({ place: { device } }) => device),
    ),
  ]
}

export class CounterPair {
  constructor(
    private readonly before: CountersByHost,
    private readonly after: CountersByHost,
  ) {}

  /** Why it cannot be known, where it cannot. `othersOn`: growthOfHop. */
  growth(hop: PathHop, othersOn?: (bridge: string) => number): FlowGrowth | EvidenceNote {
    const pair = this.#pairOf(hop.place.hostId ?? '')
    if ('code' in pair) return pair
    const keys = hop.proof.method === 'flow-counter' ? hop.proof.flowKeys : []
    const said = keys.flatMap((key) => pair.before.silent.get(bridgeOfKey(key)) ?? pair.after.silent.get(bridgeOfKey(key)) ?? [])[0]
    if (said !== undefined) return { code: 'counters-unread', params: { said } }
    return growthOfHop(keys, (key) => flowGrowth(pair.before.flows, pair.after.flows, key), othersOn)
  }

  get drops(): DropGrowth[] {
    return [...this.after.keys()].flatMap((hostId) => {
      const pair = this.#pairOf(hostId)
      return 'code' in pair ? [] : dropGrowths(hostId, pair.before.flows, pair.after.flows)
    })
  }

  get filters(): FilterGrowth[] {
    return [...this.after.keys()].flatMap((hostId) => {
      const pair = this.#pairOf(hostId)
      return 'code' in pair ? [] : filterGrowths(hostId, pair.before.filters, pair.after.filters)
    })
  }

  #pairOf(hostId: string): { readonly before: CounterReading; readonly after: CounterReading } | EvidenceNote {
    const [before, after] = [this.before.get(hostId), this.after.get(hostId)]
    if (!before || !after) return { code: 'counters-unread', params: { said: null } }
    if ('problem' in before) return before.problem
    return 'problem' in after ? after.problem : { before: before.reading, after: after.reading }
  }
}
