// A change of a running trunk while its guest pings: neither the parent nor another subport may lose a packet.

import { parsePingSummary } from '@/server/core/path/parse-ping'
import type { Api } from './console-under-test'
import { planAndApply } from './conduct'
import { isRunning, outputOf, startInGuest, type LabGuest } from './guest'

export interface LivePing {
  readonly during: string
  readonly over: string
  readonly intervalMs: number
  readonly transmitted: number
  readonly received: number
}

export interface LiveTarget {
  /** Of the guest: eth0, eth0.301. */
  readonly over: string
  readonly address: string
}

/** Longer than any of the changes takes. A count, so that no last packet is cut off. */
export interface PingRate {
  readonly count: number
  readonly intervalMs: number
}
/** 15 s, on a busy machine. */
export const LIVE_PINGS: PingRate = { count: 1500, intervalMs: 10 }
/** What a packet may take longer on a busy machine. */
const SLACK = 6

export async function changeLive(
  api: Api,
  guest: LabGuest,
  { count, intervalMs }: PingRate,
  during: string,
  targets: readonly LiveTarget[],
  edit: () => Promise<unknown>,
) {
  const pids: number[] = []
  // nice: the guest's agent has to answer meanwhile.
  for (const { address } of targets)
    pids.push(
      await startInGuest(guest, [
        'nice',
        '/usr/local/bin/ping',
        '-q',
        '-i',
        String(intervalMs / 1000),
        '-c',
        String(count),
        '-W',
        '2',
        address,
      ]),
    )
  await edit()
  const applied = await planAndApply(api)
  // A ping that ended before the change did would prove nothing.
  const running = await Promise.all(pids.map((pid) => isRunning(guest, pid)))
  const outputs: string[] = []
  for (const pid of pids) outputs.push(await outputOf(guest, pid, count * intervalMs * SLACK))
  const pings = outputs.map((output, index): LivePing => {
    const statistics = parsePingSummary(output)
    if (!statistics) throw new Error(`ping in the guest: ${output}`)
    return { during, over: targets[index]!.over, intervalMs, transmitted: statistics.transmitted, received: statistics.received }
  })
  return { pings, impacts: applied.plan.impacts, applyMs: applied.applyMs, isSpanned: running.every(Boolean) }
}
