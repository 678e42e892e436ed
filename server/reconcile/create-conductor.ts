// Puts the conductor together: hosts, plans and runs, paths, verifications. Each part is a room of its own; this file only
// wires them and keeps what is running.

import type { HostProbe } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { detectAbilities, listMissingTools, listNics, listWarnings } from '@/server/core/host/probe'
import { isoNow } from '@/server/effects/clock'
import { readHostKey } from '@/server/effects/ssh/host-key'
import { startRun } from './apply-plan'
import { createAuditRoom } from './audit-room'
import { askGuestAgent, configureGuest } from './configure-guest'
import type { Conductor } from './conductor'
import { createPlan } from './create-plan'
import { createHostRoom, type HostRoom, type HostRoomDeps } from './host-room'
import { createPathRoom } from './path-room'
import { closeInterrupted } from './close-interrupted'
import { createVerificationRoom } from './verification-room'
import type { VerifyDeps } from './verify/verify-deps'
import { watchJournal } from './watch-journal'

const HOST_KEY_TIMEOUT_MS = 10_000

interface RunningRun {
  readonly controller: AbortController
  /** null before its plan was loaded: any. */
  readonly hostIds: readonly string[] | null
}

export function createConductor(deps: HostRoomDeps & Pick<VerifyDeps, 'times'>): Conductor & { close(): Promise<void> } {
  const hosts = createHostRoom(deps)
  const paths = createPathRoom({ ...deps, hosts })
  const audits = createAuditRoom({ ...deps, hosts })
  const verifications = createVerificationRoom({ ...deps, hosts })
  const running = new Map<string, RunningRun>()
  const ready = closeInterrupted(deps).catch((error: unknown) => console.error('What an earlier console left running could not be closed.', error))

  return {
    readHostKey: ({ address, port }) => readHostKey(address, port, { timeoutMs: HOST_KEY_TIMEOUT_MS }),
    probeHost: (hostId) => probeHost(deps, hosts, hostId),
    observeHost: (hostId) => hosts.observe(hostId),
    lastObservation: hosts.last,
    hostHealth: hosts.health,
    forgetHost: hosts.forget,
    requireNoRunOn: (hostId) => {
      if (![...running.values()].some(({ hostIds }) => hostIds === null || hostIds.includes(hostId))) return
      throw new AppError('busy', 'A run is changing this host. How it is entered can be changed when the run has ended, or was cancelled.')
    },

    createPlan: () => createPlan({ ...deps, hosts }),
    applyPlan: async (planId) => {
      await ready
      // Two runs on one host would undo each other's work.
      if (running.size > 0) throw new AppError('busy', 'Another run is in progress. Wait for it or cancel it.')
      const controller = new AbortController()
      running.set(planId, { controller, hostIds: null })
      try {
        const { runId, hostIds, finished } = await startRun({ ...deps, hosts }, planId, controller.signal)
        running.set(runId, { controller, hostIds })
        void finished.finally(() => running.delete(runId))
        return { runId }
      } finally {
        running.delete(planId)
      }
    },
    cancelRun: async (runId) => {
      const run = running.get(runId)
      if (!run) throw new AppError('not_found', 'This run is not in progress.')
      run.controller.abort(new AppError('cancelled', 'The operator cancelled the run.'))
    },
    watchRun: (runId, afterSeq, signal) =>
      watchJournal(
        { list: (after) => deps.store.runs.listEvents(runId, after), live: () => deps.events.subscribe(['run'], signal) },
        (event) => (event.event.runId === runId ? event.event : null),
        afterSeq,
      ),

    configureGuest: (request) => configureGuest({ store: deps.store, hosts }, request),
    askGuestAgent: (trunkId) => askGuestAgent({ store: deps.store, hosts }, trunkId),

    auditTrunk: audits.audit,
    listenToTrunk: audits.listen,

    pathEndpoints: paths.endpoints,
    computePath: paths.compute,
    watchPath: paths.watch,

    startVerification: verifications.start,
    cancelVerification: verifications.cancel,
    watchVerification: verifications.watch,
    getVerification: verifications.get,
    close: async () => {
      for (const { controller } of running.values()) controller.abort(new AppError('cancelled', 'The console is stopping.'))
      verifications.close()
      await hosts.pool.closeAll()
    },
  }
}

async function probeHost(deps: HostRoomDeps, hosts: HostRoom, hostId: string): Promise<HostProbe> {
  const observation = await hosts.observe(hostId)
  const { topology } = await deps.store.loadDesign()
  const host = topology.hosts.find((candidate) => candidate.id === hostId)
  if (!host) throw new AppError('not_found', 'There is no such host in the design.')
  const found = detectAbilities(observation) ?? { datapathType: host.datapathType, hasKvm: host.hasKvm }
  // Found, not assumed; but a host that is already built keeps the datapath it was built with.
  const patch = { ...found, ...(host.isPrepared && { datapathType: host.datapathType }) }
  if (host.datapathType !== patch.datapathType || host.hasKvm !== patch.hasKvm) await deps.store.hosts.update(hostId, patch)
  return {
    hostId,
    hostName: host.name,
    probedAt: isoNow(deps.clock),
    facts: observation.facts,
    missingTools: listMissingTools(observation, host),
    nics: listNics(observation),
    warnings: listWarnings(host, observation),
  }
}
