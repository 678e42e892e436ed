// Whether Open vSwitch of a host answers at all. One that hangs keeps every reading of its flows waiting for one time-out after the
// other; asked beside the reading, it is told in seconds, and nothing is said of flows that nobody has seen.

import type { NotMeasuredParams } from '@/server/core/path/verdict-params'
import type { Coded } from '@/server/core/finding'
import { readCommand } from '@/server/core/commands/command'
import type { HostSession } from '@/server/effects/ssh/host-session'

/** vswitchd answers from its main loop, which also sets up flows: it is late on a busy machine, and this late on none. */
const PATIENCE_S = 4

/** null while it answers, or where there is none to ask: that is for the reading to tell. */
export async function silentSwitch(session: HostSession, hostName: string, signal: AbortSignal): Promise<Coded<NotMeasuredParams> | null> {
  try {
    const {
      exitCode,
      signal: endedBy,
      stderr,
    } = await session.run(readCommand(['ovs-appctl', '-T', String(PATIENCE_S), 'version']), { signal })
    const hasTimedOut = endedBy === 'SIGALRM' || /Alarm clock/.test(stderr)
    return exitCode !== 0 && hasTimedOut ? { code: 'switch-silent', params: { host: hostName, patienceS: PATIENCE_S } } : null
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}
