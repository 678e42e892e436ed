// Waiting for something that another process does.

import { LabError, messageOf } from './errors'

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Waits for all, also when one fails: nothing goes on behind the back of whoever gets the error. All failures are told.
 */
export async function all<T>(works: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(works)
  const reasons = settled.flatMap((each): readonly unknown[] => (each.status === 'rejected' ? [each.reason] : []))
  if (reasons.length > 1) throw new LabError(reasons.map(messageOf).join('; '), undefined, { cause: reasons[0] })
  if (reasons.length === 1) throw reasons[0]
  return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
}

interface WaitOptions {
  readonly timeoutMs?: number
  readonly everyMs?: number
  readonly atMostMs?: number
}

/**
 * Asks until there is an answer. Gives up with the words of `what`, so that the operator learns what was awaited. With `atMostMs` each pause is
 * twice the one before, up to that: for what costs much to ask.
 */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 10_000, everyMs = 25, atMostMs = everyMs }: WaitOptions = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (let pauseMs = everyMs; ; pauseMs = Math.min(2 * pauseMs, atMostMs)) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new LabError(`waited ${timeoutMs / 1000} s in vain for ${what}`)
    await sleep(pauseMs)
  }
}
