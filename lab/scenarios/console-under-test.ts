// A console of its own for one scenario: fresh store, real conductor, and the API's own caller. What a scenario does goes through
// the same procedures as a click in the browser.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@/scripts/migrate'
import { appRouter } from '@/server/api/router'
import { createCallerFactory } from '@/server/api/trpc'
import { localActor } from '@/server/core/rights/actor'
import { systemClock } from '@/server/effects/clock'
import { createStore } from '@/server/effects/db/create-store'
import { databaseUrlOf } from '@/server/effects/env'
import { createEventHub } from '@/server/effects/events'
import { systemIds } from '@/server/effects/ids'
import { openLog } from '@/server/effects/log/logger'
import { createConductor } from '@/server/reconcile/create-conductor'
import type { VerifyTimes } from '@/server/reconcile/verify/verify-deps'

/** The store goes when the console closes, unless it was given a place; what is in that place is replaced. */
export async function openConsole(place?: string, times?: Partial<VerifyTimes>) {
  const dataDirectory = place ?? mkdtempSync(join(tmpdir(), 'tapline-scenario-'))
  if (place) {
    rmSync(place, { recursive: true, force: true })
    mkdirSync(place, { recursive: true, mode: 0o700 })
  }
  await migrate(databaseUrlOf(dataDirectory))
  const events = createEventHub()
  const shared = { events, clock: systemClock, ids: systemIds, logger: openLog('info') }
  const store = createStore({ dataDirectory, ...shared })
  const deps = { store, ...shared }
  const conductor = createConductor({ ...deps, ...(times && { times }) })
  const api = createCallerFactory(appRouter)({ ...deps, conductor, actor: localActor })
  return {
    api,
    /** The events of a run, typed: the API's caller wraps them. */
    watchRun: (runId: string) => conductor.watchRun(runId, -1, new AbortController().signal),
    dataDirectory,
    close: async () => {
      await conductor.close()
      await store.close()
      if (!place) rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

export type Console = Awaited<ReturnType<typeof openConsole>>
export type Api = Console['api']
