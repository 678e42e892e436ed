// What a member of a gateway cluster has of each record, against what it should: the flows that translate it, both ways, in its last reading.

import type { Flow } from '../host/flow'
import { flowKey } from '../host/flow'
import { isOurCookie } from '../naming'
import { groupBy } from '../group-by'

/** `in-step`: just what it should. `missing`: nothing. `stale`: something else, or half of it. `unknown`: it was not read. */
export type RecordState = 'in-step' | 'missing' | 'stale' | 'unknown'

/** Of what no record stands for any more. */
export interface Leftover {
  readonly address: string
  /** null: only the way out is left. */
  readonly vmIp: string | null
  readonly vtep: string | null
}

export interface MemberFlows {
  readonly stateOf: (address: string) => RecordState
  readonly leftovers: readonly Leftover[]
}

/** Both of one bridge. `observed`: null where it is not known. */
export function compareMember(desired: readonly Flow[], observed: readonly Flow[] | null): MemberFlows {
  if (!observed) return { stateOf: () => 'unknown', leftovers: [] }
  const [wanted, there] = [byAddress(desired), byAddress(observed.filter(({ cookie }) => isOurCookie(cookie)))]
  return {
    stateOf: (address) => compare(wanted.get(address) ?? [], there.get(address) ?? []),
    leftovers: [...there].flatMap(([address, flows]) => (wanted.has(address) ? [] : [leftoverOf(address, flows)])),
  }
}

const byAddress = (flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> =>
  new Map(
    [...groupBy(flows, addressOf)].flatMap(([address, group]): [string, readonly Flow[]][] =>
      address === undefined ? [] : [[address, group]],
    ),
  )

/** The cluster's address that a flow translates from, or to. undefined: it is none of those. */
const addressOf = ({ match, actions }: Flow): string | undefined =>
  /set_field:([\d.]+)->ip_src(?:,|$)/.exec(actions)?.[1] ??
  (/->ip_dst(?:,|$)/.test(actions) ? /(?:^|,)nw_dst=([\d.]+)(?:,|$)/.exec(match)?.[1] : undefined)

function compare(wanted: readonly Flow[], there: readonly Flow[]): RecordState {
  if (there.length === 0) return 'missing'
  const texts = new Set(there.map(textOf))
  return texts.size === wanted.length && wanted.every((flow) => texts.has(textOf(flow))) ? 'in-step' : 'stale'
}

const textOf = (flow: Flow): string => `${flowKey(flow)} ${flow.actions}`

function leftoverOf(address: string, flows: readonly Flow[]): Leftover {
  const actions = flows.map((flow) => flow.actions).join('\n')
  return {
    address,
    vmIp: /set_field:([\d.]+)->ip_dst/.exec(actions)?.[1] ?? null,
    vtep: /set_field:([\d.]+)->tun_dst/.exec(actions)?.[1] ?? null,
  }
}
