// Puts the sample design for a running practice network into the store of TAPLINE_DATA. Run before the console serves, or
// beside it.

import type { LabStatus } from '@/lab/types'
import { seedSampleDesign } from '@/prisma/seed/sample-design'
import { systemClock } from '@/server/effects/clock'
import { createStore } from '@/server/effects/db/create-store'
import { loadEnvironment } from '@/server/effects/env'
import { createEventHub } from '@/server/effects/events'
import { openLog } from '@/server/effects/log/logger'
import { systemIds } from '@/server/effects/ids'

export async function seedFromLab(lab: LabStatus): Promise<void> {
  const { dataDirectory } = loadEnvironment()
  const store = createStore({ dataDirectory, clock: systemClock, ids: systemIds, events: createEventHub(), logger: openLog('info') })
  try {
    await seedSampleDesign(store, lab)
  } finally {
    await store.close()
  }
}
