// The real API on a real store, called without HTTP. Only the hosts are missing: the conductor here reaches none, and says
// so as the real one does.

import { AppError } from '@/server/core/app-error'
import { unknownHealth } from '@/server/core/host/host-health'
import { localActor } from '@/server/core/rights/actor'
import { systemClock } from '@/server/effects/clock'
import { openTempStore, type TempStore } from '@/server/effects/db/testing/temp-store'
import { systemIds } from '@/server/effects/ids'
import type { Conductor } from '@/server/reconcile/conductor'
import type { RequestContext } from '../request-context'
import { appRouter } from '../router'
import { createCallerFactory } from '../trpc'

const createCaller = createCallerFactory(appRouter)

export interface TempApi extends TempStore {
  readonly api: ReturnType<typeof createCaller>
  readonly ctx: RequestContext
}

export async function openTempApi(conductor: Partial<Conductor> = {}): Promise<TempApi> {
  const temp = await openTempStore()
  const ctx: RequestContext = {
    actor: localActor,
    store: temp.store,
    events: temp.events,
    clock: systemClock,
    ids: systemIds,
    logger: temp.logger,
    conductor: { ...hostlessConductor, ...conductor },
  }
  return { ...temp, ctx, api: createCaller(ctx) }
}

const unreachable = () => new AppError('host_unreachable', 'This test has no hosts.', { host: 'none' })
const refuse = () => Promise.reject(unreachable())
// eslint-disable-next-line require-yield
async function* refuseStream(): AsyncGenerator<never> {
  throw unreachable()
}

const hostlessConductor: Conductor = {
  readHostKey: refuse,
  probeHost: refuse,
  observeHost: refuse,
  lastObservation: () => Promise.resolve(null),
  hostHealth: (hostIds) => Promise.resolve(new Map(hostIds.map((hostId) => [hostId, unknownHealth(null)]))),
  forgetHost: () => Promise.resolve(),
  requireNoRunOn: () => Promise.resolve(),
  cancelReading: refuse,
  createPlan: refuse,
  applyPlan: refuse,
  cancelRun: refuse,
  watchRun: refuseStream,
  configureGuest: refuse,
  askGuestAgent: refuse,
  auditTrunk: refuse,
  listenToTrunk: refuseStream,
  pathEndpoints: () => Promise.resolve([]),
  computePath: refuse,
  watchPath: refuseStream,
  startVerification: refuse,
  cancelVerification: refuse,
  watchVerification: refuseStream,
  getVerification: refuse,
}
