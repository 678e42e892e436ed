// What a bench is: a file of this folder's parent that exports `bench`. It measures, and says of each measured value what it is
// held against: a rival (another program at the same work, in the same run), a floor (what no program can go below, as the
// time of the commands), a bar. `npm run bench -- NAME` finds it by the name of its file.

import type { PackageNeed } from '@/lab/packages'

export interface BenchRow {
  /** The bench's. */
  readonly name: string
  /** What was measured, with the unit: `20,000 flows, first pass (ms)`. */
  readonly case: string
  readonly ours: number
  readonly rival: number | null
  readonly floor: number | null
  /** In words, null where nothing is promised. */
  readonly bar: string | null
  readonly ok: boolean | null
}

export type Measured = Omit<BenchRow, 'name'>

export interface Bench {
  readonly about: string
  /** What it measures with and cannot do without; installed before it runs, as `npm test` does. */
  readonly needs: readonly PackageNeed[]
  /** `args` is what the command line holds behind the name. */
  readonly run: (args: readonly string[]) => Promise<readonly Measured[]>
}

type Values = Pick<Measured, 'case' | 'ours'> & Partial<Pick<Measured, 'rival' | 'floor'>>

const measured = ({ rival = null, floor = null, ...values }: Values, bar: string | null, ok: boolean | null): Measured => ({
  ...values,
  rival,
  floor,
  bar,
  ok,
})

/** Measured so that a change is seen; nothing is promised. */
export const noBar = (values: Values): Measured => measured(values, null, null)

/** `ours` is a time, and the rival takes at least so many times as long. */
export const fasterThanRival = (times: number, values: Values & { readonly rival: number }): Measured =>
  measured(values, `rival / ours >= ${times}`, values.rival / values.ours >= times)

/** `ours` is a time, and at most so many times what the rival takes. */
export const nearRival = (times: number, values: Values & { readonly rival: number }): Measured =>
  measured(values, `ours / rival <= ${times}`, values.ours / values.rival <= times)

/** `ours` is a time, and at most so many times the floor. */
export const nearFloor = (times: number, values: Values & { readonly floor: number }): Measured =>
  measured(values, `ours / floor <= ${times}`, values.ours / values.floor <= times)

/** `ours` is at most a limit that is made of other values of the same run; `made` says of which. */
export const within = (made: string, limit: number, values: Values): Measured =>
  measured(values, `ours <= ${made} (${Math.round(limit)})`, values.ours <= limit)

export const atMost = (limit: number, values: Values): Measured => measured(values, `ours <= ${limit}`, values.ours <= limit)

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Median milliseconds of so many runs of `work`. */
export async function medianMs(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}
