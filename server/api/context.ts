// The one context of the process. Next bundles every route on its own, so a module variable would exist once per bundle;
// the global object is the only place that they share.

import type { AppContext } from './app-context'
import { systemClock } from '@/server/effects/clock'
import { createStore } from '@/server/effects/db/create-store'
import { loadEnvironment } from '@/server/effects/env'
import { createEventHub } from '@/server/effects/events'
import { systemIds } from '@/server/effects/ids'
import { openLog } from '@/server/effects/log/logger'
import { createConductor } from '@/server/reconcile/create-conductor'

const DAY_MS = 86_400_000
const KEY = Symbol.for('tapline.context')

type Shared = typeof globalThis & { [KEY]?: AppContext }

export function getContext(): AppContext {
  const shared = globalThis as Shared
  return (shared[KEY] ??= createContext())
}

function createContext(): AppContext {
  const { dataDirectory, logLevel } = loadEnvironment()
  const shared = { logger: openLog(logLevel), clock: systemClock, ids: systemIds, events: createEventHub() }
  const store = createStore({ dataDirectory, ...shared })
  // What grew too old while nobody stored anything.
  store.retention.wake()
  setInterval(store.retention.wake, DAY_MS).unref()
  store.watchOthers()
  return { ...shared, store, conductor: createConductor({ store, ...shared }) }
}
