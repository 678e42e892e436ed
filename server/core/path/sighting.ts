// What one verification saw at each hop, in one form whatever the method: numbers of packets per kind and direction.
// Captures know all four kinds; a flow counter knows only that something moved, in one direction or the other.

import type { Flow } from '../host/flow'
import type { MatchCount, NearMiss } from '../packet/count-matching'
import type { Mismatch } from '../packet/mismatch'
import { type TrafficKind, trafficKinds } from './traffic-kinds'

export type CaptureCounts = Readonly<Record<TrafficKind, MatchCount>>

export interface HopSighting {
  readonly hopId: string
  /** null: this hop cannot tell. */
  readonly counts: Readonly<Record<TrafficKind, number | null>>
  /** How the nearest packet differed where none matched. */
  readonly differences: Partial<Readonly<Record<TrafficKind, readonly Mismatch[]>>>
  /** Destination MAC of packets with which nothing else was wrong, where none matched: the sender aims at another machine. */
  readonly wrongMacs: Partial<Readonly<Record<TrafficKind, string>>>
  /** Source addresses of ARP requests that came from the endpoint's MAC. */
  readonly arpSenders: readonly string[]
}

/** A flow whose only action is drop, and by how much it grew during the ping. */
export interface DropGrowth {
  readonly hostId: string
  readonly flow: Flow
  readonly packets: number
}

const unseen: HopSighting['counts'] = { 'arp-request': null, 'arp-reply': null, 'echo-request': null, 'echo-reply': null }

export const noSighting = (hopId: string): HopSighting => ({ hopId, counts: unseen, differences: {}, wrongMacs: {}, arpSenders: [] })

/** A capture that did not listen for the whole time, or lost packets, proves what it has seen and nothing by its silence. */
export function sightingOfPart(hopId: string, captured: CaptureCounts, wanted: number): HopSighting {
  const whole = sightingOfCapture(hopId, captured)
  const enough = (kind: TrafficKind, count: number | null) =>
    count !== null && count >= (kind.startsWith('arp') ? 1 : wanted) ? count : null
  return {
    ...whole,
    counts: Object.fromEntries(trafficKinds.map((kind) => [kind, enough(kind, whole.counts[kind])])) as HopSighting['counts'],
  }
}

export function sightingOfCapture(hopId: string, captured: CaptureCounts): HopSighting {
  const differences = trafficKinds.flatMap((kind) => {
    const { matched, near } = captured[kind]
    const [nearest] = kind === 'arp-request' ? near.filter((each) => !isForOther(each)) : near
    return matched === 0 && nearest ? [[kind, nearest.mismatches] as const] : []
  })
  const asked = captured['arp-request']
  const shapes = [asked.sample, ...asked.near.map(({ sample }) => sample)]
  return {
    hopId,
    counts: {
      'arp-request': captured['arp-request'].matched,
      'arp-reply': captured['arp-reply'].matched,
      'echo-request': captured['echo-request'].matched,
      'echo-reply': captured['echo-reply'].matched,
    },
    differences: Object.fromEntries(differences),
    wrongMacs: Object.fromEntries(trafficKinds.flatMap((kind) => wrongMacOf(captured[kind]).map((mac) => [kind, mac]))),
    arpSenders: [...new Set(shapes.flatMap((sample) => sample?.shape.arp?.senderIp ?? []))],
  }
}

/** A broadcast leaves once for each VTEP: the copy for another host is not the one that is missed. */
const isForOther = ({ mismatches }: NearMiss): boolean => mismatches.some(({ field }) => field === 'outer-destination')

function wrongMacOf({ matched, near }: MatchCount): string[] {
  if (matched > 0) return []
  const aimed = near.flatMap(({ mismatches: [first, ...more] }) =>
    first?.field === 'destination-mac' && more.length === 0 ? (first.seen ?? []) : [],
  )
  return aimed.slice(0, 1)
}

/** Growth of the flows of one hop; null where it could not be read. */
export interface CounterReading {
  readonly forth: number | null
  readonly back: number | null
  /** A flow bound to one destination MAC does not count broadcasts. */
  readonly countsBroadcasts: boolean
}

export function sightingOfCounter(hopId: string, { forth, back, countsBroadcasts }: CounterReading): HopSighting {
  const counts = { 'arp-request': countsBroadcasts ? forth : null, 'arp-reply': back, 'echo-request': forth, 'echo-reply': back }
  return { hopId, counts, differences: {}, wrongMacs: {}, arpSenders: [] }
}
