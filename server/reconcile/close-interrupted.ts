// Runs and verifications that a stopped console left behind: closed with a sentence about what to do. What is on the hosts
// is read anew by the next plan.

import { isoNow } from '@/server/effects/clock'
import type { HostRoomDeps } from './host-room'

export async function closeInterrupted(deps: Pick<HostRoomDeps, 'store' | 'clock'>): Promise<void> {
  for (const run of await deps.store.runs.listUnfinished()) {
    await deps.store.runs.save({
      ...run,
      status: 'failed',
      phase: 'done',
      finishedAt: isoNow(deps.clock),
      verdict: 'The console stopped while this run was going. Its journal shows how far it came; plan again, and the plan goes on from what the hosts have.',
    })
  }
  for (const verification of await deps.store.verifications.listUnfinished()) {
    await deps.store.verifications.save({ ...verification, status: 'cancelled', verdict: 'The console stopped while this verification was going. Start it again.' })
  }
}
