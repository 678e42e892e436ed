// Ends a console that was started as a process of its own.

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * Next waits until every connection is closed, and each open page of the console keeps one: its event stream. So it is asked
 * first, and ended after `graceMs`. What it was doing then is closed at the next start, as after a power cut.
 */
export async function endServer(server: ChildProcess, graceMs = 1500): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  const patience = new AbortController()
  const isGone = await Promise.race([gone.then(() => true), delay(graceMs, false, { signal: patience.signal })])
  patience.abort()
  if (isGone) return
  server.kill('SIGKILL')
  await gone
}
