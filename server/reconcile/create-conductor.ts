// Puts the conductor together: hosts, plans and runs, paths, verifications. Each part has a manager of its own; this file only
// wires them.

import type { HostProbe } from '@/server/core/api-types'
import { AppError } from '@/server/core/app-error'
import { detectAbilities, listMissingTools, listNics, listWarnings } from '@/server/core/host/probe'
import { isoNow } from '@/server/effects/clock'
import { isReading } from '@/server/core/operation/operation'
import { readHostKey } from '@/server/effects/ssh/host-key'
import { createAuditManager } from './audit-manager'
import { askGuestAgent, configureGuest } from './configure-guest'
import type { Conductor } from './conductor'
import { createPlan } from './create-plan'
import { createHostManager, type HostManager, type HostManagerDeps } from './host-manager'
import { createOperationManager } from './operation-manager'
import { createPathManager } from './path-manager'
import { createRunManager } from './run-manager'
import { createVerificationManager } from './verification-manager'
import type { VerifyDeps } from './verify/verify-deps'

const HOST_KEY_TIMEOUT_MS = 10_000

export interface ConductorDeps extends HostManagerDeps, Pick<VerifyDeps, 'times'> {
  /** No other console can be at work on the data (effects/db/console-lock.ts). Left out: none is. */
  readonly isAlone?: boolean
  readonly heartbeatMs?: number
}

export function createConductor(deps: ConductorDeps): Conductor & { close(): Promise<void> } {
  const operations = createOperationManager(deps)
  const hosts = createHostManager(deps)
  const paths = createPathManager({ ...deps, hosts })
  const audits = createAuditManager({ ...deps, hosts, operations })
  const verifications = createVerificationManager({ ...deps, hosts, operations })
  const runs = createRunManager({ ...deps, hosts, operations, isAlone: deps.isAlone ?? true })

  return {
    readHostKey: ({ address, port }) => readHostKey(address, port, { timeoutMs: HOST_KEY_TIMEOUT_MS }),
    probeHost: (hostId, actor) => operations.during({ kind: 'read', actor, hostIds: [hostId] }, () => probeHost(deps, hosts, hostId)),
    observeHost: (hostId, actor) => operations.during({ kind: 'read', actor, hostIds: [hostId] }, () => hosts.observe(hostId)),
    lastObservation: hosts.last,
    hostHealth: hosts.health,
    forgetHost: hosts.forget,
    requireNoRunOn: runs.requireNoneOn,

    cancelReading: async (id) => {
      const operation = await deps.store.queue.get(id)
      if (!operation || !isReading(operation.kind) || !(await operations.cancel(id)))
        throw new AppError('not_found', 'No such reading is in progress.')
    },

    createPlan: async (actor) => {
      // Which of them it concerns, it finds out.
      const hostIds = (await deps.store.loadTopology()).hosts.map(({ id }) => id)
      return operations.during({ kind: 'plan', actor, hostIds }, (signal) => createPlan({ ...deps, hosts }, signal))
    },
    applyPlan: runs.start,
    cancelRun: runs.cancel,
    watchRun: runs.watch,

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
      operations.close()
      await hosts.pool.closeAll()
    },
  }
}

async function probeHost(deps: HostManagerDeps, hosts: HostManager, hostId: string): Promise<HostProbe> {
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
