// A TCP connection to a guest that stays open while something changes: who opens it counts, five numbers a second, the guest keeps what comes. Whether
// it still carries anything is whether the last number grows.

import { setTimeout as delay } from 'node:timers/promises'
import { waitFor } from '../wait'
import { runInGuest, type LabGuest } from './guest'

export interface OpenConnection {
  readonly to: LabGuest
  readonly port: number
}

/** Its input stays open: nc says goodbye when that ends. It listens when this ends; a refused connection would not be tried again. */
const KEEP = `sleep 100000 </dev/null 2>/dev/null | nc -l -p "$1" >"$2" 2>/dev/null &
until netstat -ltn | grep -q ":$1 "; do sleep 0.1; done`
const COUNT = 'number=0; while sleep 0.2; do echo $((number += 1)); done | nc "$1" "$2"'
const fileOf = (port: number): string => `/run/counted-${port}`

/** Once it carries numbers. `start` lets whoever opens it run a program that goes on: another guest, the outside client. */
export async function openConnection(
  start: (argv: readonly string[]) => Promise<unknown>,
  to: LabGuest,
  address: string,
  port: number,
): Promise<OpenConnection> {
  await runInGuest(to, ['sh', '-c', KEEP, 'sh', String(port), fileOf(port)])
  await start(['sh', '-c', COUNT, 'sh', address, String(port)])
  const connection = { to, port }
  await waitFor(`numbers over the connection to port ${port}`, async () => ((await lastNumber(connection)) > 0 ? true : undefined), {
    timeoutMs: 60_000,
    everyMs: 500,
  })
  return connection
}

const lastNumber = async (connection: OpenConnection): Promise<number> => (await numbersOf(connection)).at(-1) ?? 0

/** The last line may be half written. */
const numbersOf = async ({ to, port }: OpenConnection): Promise<number[]> =>
  (await runInGuest(to, ['cat', fileOf(port)])).split('\n').slice(0, -1).map(Number)

/** Long enough for a packet that was lost to be sent again. */
const WATCH_MS = 3_000

/** Which of them carry anything, from now on: nothing was lost, and no other connection took its place. */
export async function whichCarry(connections: readonly OpenConnection[]): Promise<boolean[]> {
  const before = await Promise.all(connections.map(lastNumber))
  await delay(WATCH_MS)
  const after = await Promise.all(connections.map(numbersOf))
  return after.map((numbers, index) => (numbers.at(-1) ?? 0) > before[index]! && numbers.every((number, at) => number === at + 1))
}
