// Ends what a check or a test run started when the run itself is told to end: a stage whose parent has gone would go on with its hosts
// and browsers, beside whatever runs next.

import type { ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** Enough for a stage that takes hosts down in answer to the signal. */
const GRACE_MS = 20_000

const KILL_MS = 5_000

/** Process group leaders. */
const stages = new Set<ChildProcess>()

export function keepStage(child: ChildProcess): void {
  stages.add(child)
  child.once('close', () => stages.delete(child))
}

export function endStagesOnSignal(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.once(signal, () => void endStages(signal).finally(() => process.exit(128 + constants.signals[signal])))
  }
}

/** Asks the stages, and ends those which have not ended after `graceMs`, all of their group with them. */
export async function endStages(signal: NodeJS.Signals, graceMs = GRACE_MS): Promise<void> {
  const groups = [...stages].flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  groups.forEach((group) => sendTo(group, signal))
  const deadline = performance.now() + graceMs
  while (groups.some(isAlive) && performance.now() < deadline) await delay(50)
  groups.forEach((group) => sendTo(group, 'SIGKILL'))
  // The kernel's part; what nobody reaps afterwards is no longer running.
  const end = performance.now() + KILL_MS
  while (groups.some(isAlive) && performance.now() < end) await delay(50)
}

const isAlive = (group: number): boolean => sendTo(group, 0)

/** False when nobody of the group is left. */
function sendTo(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal)
  } catch {
    return false
  }
}
