// Pings through an event, from the lab's outside client or from a guest: how many were answered, and for how long none was.

import { setTimeout as delay } from 'node:timers/promises'
import { parsePingSummary } from '@/server/core/path/parse-ping'
import { labExec } from '../lab'
import { outputOf, startInGuest, type LabGuest } from './guest'
import type { Measured } from './report'

const INTERVAL_MS = 10
/** What a packet may take longer on a busy machine. */
const SLACK = 6
/** Until the first answers are there, and after the event until all is as it will be. */
const BEFORE_MS = 1_000
const AFTER_MS = 3_000

/** Packets whose answers the end of a ping cuts off. */
const CUT_OFF = 2

const START = `kept=$(mktemp -d)
setsid ping -D -n -i "$2" -W 2 "$1" </dev/null >"$kept/answers" 2>&1 &
echo $! >"$kept/pid"
echo "$kept"`
const STOP = `kill -INT "$(cat "$1/pid")"; sleep 1; cat "$1/answers"; rm -r "$1"`

/** From outside to an address, for as long as the event takes and some seconds more. */
export async function pingThrough(lab: string, address: string, event: string, happen: () => Promise<unknown>): Promise<Measured> {
  const kept = (await script(lab, START, [address, String(INTERVAL_MS / 1000)])).trim()
  await delay(BEFORE_MS)
  const [happened] = await Promise.allSettled([happen().then(() => delay(AFTER_MS))])
  // Nobody else ends it.
  const output = await script(lab, STOP, [kept])
  if (happened.status === 'rejected') throw happened.reason
  return measure(event, `from outside to ${address}`, output)
}

async function script(lab: string, text: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await labExec(lab, 'outside', ['sh', '-c', text, 'sh', ...args])
  return `${stdout}${stderr}`
}

/** From a guest, so many; begun before the event. */
export async function pingFromGuest(guest: LabGuest, address: string, event: string, count: number) {
  const argv = ['nice', '/usr/local/bin/ping', '-D', '-n', '-i', String(INTERVAL_MS / 1000), '-c', String(count), '-W', '2', address]
  const pid = await startInGuest(guest, argv)
  return async (): Promise<Measured> =>
    measure(event, `from the VM on ${guest.host} to ${address}`, await outputOf(guest, pid, count * INTERVAL_MS * SLACK))
}

/** `[1796134551.099063] 64 bytes from …` */
function measure(event: string, way: string, output: string): Measured {
  const summary = parsePingSummary(output)
  if (!summary) throw new Error(`ping: ${output.slice(-300)}`)
  const lastAnswered = Math.max(0, ...[...output.matchAll(/icmp_seq=(\d+)/g)].map(([, seq]) => Number(seq)))
  const tail = summary.transmitted - lastAnswered
  const transmitted = tail <= CUT_OFF ? lastAnswered : summary.transmitted
  const times = [...output.matchAll(/^\[([\d.]+)\] \d+ bytes from/gm)].map(([, seconds]) => Number(seconds) * 1000)
  const gaps = times.slice(1).map((time, index) => time - times[index]!)
  const { received } = summary
  return {
    event,
    way,
    intervalMs: INTERVAL_MS,
    transmitted,
    received,
    longestGapMs: gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
  }
}
