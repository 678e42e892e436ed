// Opens the store of a data directory; once per process (database.ts). Its tables must be there: scripts/migrate.ts makes them.

import { fileURLToPath } from 'node:url'
import { createCaptureStore } from '../capture/capture-store'
import type { Clock } from '../clock'
import { databaseUrlOf } from '../env'
import type { EventHub } from '../events'
import type { IdSource } from '../ids'
import type { Logger } from '../log/logger'
import { openDatabase } from './database'
import { createDesignStore } from './design-store'
import { createHostStore } from './host-store'
import { createMadeStore } from './made-store'
import { createObservationStore } from './observation-store'
import { createPlanStore } from './plan-store'
import { absent } from './retention/removed'
import { createRetentionStore } from './retention/retention-store'
import { createRevisionStore } from './revision-store'
import { createRunQueue } from './run-queue'
import { createRunStore } from './run-store'
import { openSecretBox } from './secret-box'
import type { Store } from './store'
import { createVerificationStore } from './verification-store'
import { watchOthers } from './watch-others'

export interface StoreDeps {
  readonly dataDirectory: string
  readonly clock: Clock
  readonly ids: IdSource
  readonly events: EventHub
  readonly logger: Logger
}

export function createStore({ dataDirectory, clock, ids, events, logger }: StoreDeps): Store {
  const database = openDatabase(databaseUrlOf(dataDirectory))
  const design = createDesignStore(database, events)
  const observations = createObservationStore(database, logger)
  const holder = ids.uuid()
  const files = createCaptureStore(dataDirectory)
  const retention = createRetentionStore({
    database,
    databasePath: fileURLToPath(databaseUrlOf(dataDirectory)),
    captures: files,
    clock,
    logger,
  })
  return {
    loadTopology: design.loadTopology,
    loadDesign: design.loadDesign,
    edit: (edit) => design.edit(edit),
    discardChanges: design.discardChanges,
    hosts: createHostStore({ database, design, box: openSecretBox(dataDirectory), ids }),
    plans: createPlanStore(database, retention.wake),
    runs: createRunStore(database, logger, retention.wake),
    revisions: createRevisionStore(database, clock),
    verifications: createVerificationStore(database, clock, logger, retention.wake),
    captures: {
      ...files,
      find: async (id) => (await files.find(id)) ?? Promise.reject(await database.read((tx) => absent(tx, 'captures', id))),
    },
    retention,
    observations,
    made: createMadeStore(database),
    queue: createRunQueue({ database, clock, events, holder }),
    watchOthers: (lookMs) => watchOthers({ database, events, logger, holder }, lookMs),
    close: async () => {
      await observations.settle()
      await retention.settle()
      await database.close()
    },
  }
}
