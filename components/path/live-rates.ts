// Counters of successive readings → packets per second per hop. A host that was not read again keeps its last rate with its
// age; a counter that went back (re-plugged device, flows added anew) is no rate but a reset.

import { isTrunkBridgeEnd } from '@/server/core/naming'
import { readAt } from '@/server/core/path/currency'
import type { LegName, Path, PathHop } from '@/server/core/path/path'

import { layoutPath } from './layout-path'
import type { Side } from './hop-sides'

export interface HopRate {
  /** null until there are two readings, and after a reset. */
  readonly perSecond: number | null
  /** The counter moved between the last two readings. */
  readonly hasMoved: boolean
  readonly isReset: boolean
  /** When the newer of the two readings was taken. */
  readonly at: string
}

type Rates = Readonly<Record<string, HopRate>>

export interface LiveReadings {
  readonly path: Path
  /** By hop id, of what goes the way of the leg. */
  readonly rates: Readonly<Record<LegName, Rates>>
  /** Grows by one per reading; keys the one-shot animation of lines that moved. */
  readonly sequence: number
}

export const firstReading = (path: Path): LiveReadings => ({ path, rates: { forth: {}, back: {} }, sequence: 0 })

/** Folds the next reading in. Another path starts anew. */
export function foldReading(readings: LiveReadings | null, path: Path): LiveReadings {
  if (readings === null || !isSamePath(readings.path, path)) return firstReading(path)
  return {
    path,
    rates: { forth: ratesOf(readings, path, 'forth'), back: ratesOf(readings, path, 'back') },
    sequence: readings.sequence + 1,
  }
}

function ratesOf(readings: LiveReadings, path: Path, leg: LegName): Rates {
  const before = new Map(readings.path[leg].hops.map((hop) => [hop.id, hop]))
  const rates: Record<string, HopRate> = {}
  for (const { hop, side } of layoutPath(path[leg].hops).hops) {
    const rate = rateOf(readings, path, before.get(hop.id), hop, side, readings.rates[leg][hop.id])
    if (rate !== null) rates[hop.id] = rate
  }
  return rates
}

function isSamePath(a: Path, b: Path): boolean {
  return a.source.id === b.source.id && a.destination.id === b.destination.id
}

function rateOf(
  readings: LiveReadings,
  path: Path,
  before: PathHop | undefined,
  hop: PathHop,
  side: Side,
  held: HopRate | undefined,
): HopRate | null {
  const at = readAt(path, hop.place.hostId)
  const earlier = readAt(readings.path, hop.place.hostId)
  const next = forwardPackets(hop, side)
  const last = before === undefined ? null : forwardPackets(before, side)
  if (at === null || earlier === null || next === null || last === null) return null
  const elapsedS = (Date.parse(at) - Date.parse(earlier)) / 1_000
  if (elapsedS <= 0) return heldRate(held)
  if (next < last) return { perSecond: null, hasMoved: false, isReset: true, at }
  return { perSecond: (next - last) / elapsedS, hasMoved: next > last, isReset: false, at }
}

/** Nothing new was read: the number stays, the movement does not. */
const heldRate = (rate: HopRate | undefined): HopRate | null => (rate === undefined ? null : { ...rate, hasMoved: false })

/**
 * Packets on their way to the end of the leg. Seen from the host, what a VM sends is received by its tap and by qvo,
 * and transmitted by qvb, the patch port of br-int and the NIC; on the far side it is the other way round. A trunk bridge
 * transmits it at its end of the patch pair, and br-int receives it at the other. A bridge's own device counts only what the
 * host itself takes part in, so bridges have no rate.
 */
export function forwardPackets(hop: PathHop, side: Side): number | null {
  const receivesFirst = hop.role === 'trunk-patch' ? !isTrunkBridgeEnd(hop.place.device) : RECEIVES_ON_SOURCE_SIDE[hop.role]
  if (hop.counters === null || receivesFirst === undefined) return null
  return receivesFirst === (side === 'source') ? hop.counters.rxPackets : hop.counters.txPackets
}

const RECEIVES_ON_SOURCE_SIDE: Partial<Record<PathHop['role'], boolean>> = {
  tap: true,
  qvb: false,
  qvo: true,
  'tap-vlan': true,
  patch: false,
  nic: false,
  'vlan-device': false,
  'vxlan-device': false,
  dhcp: false,
}
