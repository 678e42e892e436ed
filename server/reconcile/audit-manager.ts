// Audits of trunks: from the last reading at once, or with the host read anew, the guest asked and its packets listened to.

import { AppError } from '@/server/core/app-error'
import { whySuspended } from '@/server/core/explain/host'
import { whyWords } from '@/server/core/explain/unknown-part'
import type { HostObservation } from '@/server/core/host/observation'
import { unknownPartOf } from '@/server/core/host/unknown-parts'
import type { OperationOutcome } from '@/server/core/operation/operation'
import { findById } from '@/server/core/topology/find'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Topology } from '@/server/core/topology/topology'
import type { TrunkAudit } from '@/server/core/trunk/audit'
import { auditTrunk } from '@/server/core/trunk/audit-trunk'
import { probeCommand } from '@/server/core/trunk/guest-probe'
import { patchPairs } from '@/server/core/trunk/patch-pair'
import { askInterfaces, type GuestAnswer } from './audit/ask-guest'
import { listenToGuest } from './audit/listen-to-guest'
import type { Conductor, ListenRequest } from './conductor'
import type { HostManager, HostManagerDeps } from './host-manager'
import type { OperationManager } from './operation-manager'
import { GuestAgent } from './verify/guest-agent'

export interface AuditManager {
  readonly audit: Conductor['auditTrunk']
  readonly listen: Conductor['listenToTrunk']
}

type Deps = HostManagerDeps & { readonly hosts: HostManager; readonly operations: OperationManager }
type Subject = Awaited<ReturnType<typeof findSubject>>

export function createAuditManager(deps: Deps): AuditManager {
  return {
    audit: async (trunkId) => {
      const subject = await findSubject(deps, trunkId)
      const reading = subject.hostId === null ? null : await deps.hosts.last(subject.hostId)
      return auditTrunk({ ...subject, reading, guest: null, traffic: null })
    },
    listen: async function* (request, asked, actor) {
      const subject = await findSubject(deps, request.trunkId)
      const operation = await deps.operations.open({ kind: 'audit', actor, hostIds: subject.hostId === null ? [] : [subject.hostId] })
      const signal = AbortSignal.any([asked, operation.signal])
      // Whoever stops watching ends it.
      let outcome: OperationOutcome = 'cancelled'
      try {
        yield* listen(deps, subject, request, signal)
        outcome = 'succeeded'
      } catch (error) {
        if (signal.aborted) return
        outcome = 'failed'
        throw error
      } finally {
        await operation.end(outcome)
      }
    },
  }
}

async function findSubject({ store }: Deps, trunkId: string) {
  const topology = await store.loadTopology()
  const trunk = findById(topology.trunks, trunkId)
  if (!trunk) throw new AppError('not_found', 'This trunk does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  const vm = topology.vms.find((each) => each.portIds.includes(trunk.portId)) ?? null
  return { topology, trunk, vm, hostId: vm?.hostId ?? null }
}

/** What is known grows: the host, the guest's own word, its packets. */
async function* listen(
  deps: Deps,
  subject: Subject,
  { listenS, isGuestAsked }: ListenRequest,
  signal: AbortSignal,
): AsyncGenerator<TrunkAudit> {
  const { topology, trunk, hostId } = subject
  if (hostId === null) throw new AppError('conflict', 'No VM uses the parent of this trunk yet.', { rule: 'trunk-has-vm' })
  const reading = await deps.hosts.observe(hostId)
  signal.throwIfAborted()
  yield auditTrunk({ ...subject, reading, guest: null, traffic: null })
  const agent = isGuestAsked ? agentOf(deps, subject, reading, signal) : null
  const guest = agent && ('problem' in agent ? agent : await askInterfaces(agent, signal))
  if (guest) yield auditTrunk({ ...subject, reading, guest, traffic: null })
  const provoke = async () => {
    if (agent && !('problem' in agent) && guest) await provokeGuest(topology, trunk, agent, guest, listenS)
  }
  const traffic = await listenToGuest({
    session: deps.hosts.session(hostId),
    ids: deps.ids,
    topology,
    trunk,
    hostId,
    observation: reading,
    listenS,
    provoke,
    signal,
  })
  yield auditTrunk({ ...subject, reading, guest, traffic })
}

function agentOf(
  { hosts }: Deps,
  { topology, vm, hostId }: Subject,
  reading: HostObservation,
  signal: AbortSignal,
): GuestAgent | { readonly problem: string } {
  const host = findById(topology.hosts, hostId)
  if (!host || !vm) return { problem: 'There is no VM to ask.' }
  if (host.isReadOnly) return { problem: `Host "${host.name}" is read-only, so its guests are not asked.` }
  const domain = reading.state.domains.find(({ uuid }) => uuid === vm.id)
  const unread = domain ? null : unknownPartOf(reading, 'domains')
  if (unread) return { problem: `Whether ${vm.name} runs is not known: ${whyWords(unread.why)}.` }
  if (!domain?.isRunning) return { problem: `${vm.name} is not running.` }
  const suspended = whySuspended(domain)
  if (suspended !== null) return { problem: `${vm.name} ${suspended}.` }
  if (!domain.hasGuestAgent) return { problem: `${vm.name} has no guest agent.` }
  return new GuestAgent(hosts.session(host.id), vm.id, signal)
}

/** A guest that will not ping is a silent guest, not a failed audit. */
async function provokeGuest(topology: Topology, trunk: Trunk, agent: GuestAgent, guest: GuestAnswer, listenS: number): Promise<void> {
  if (!('interfaces' in guest)) return
  const [program, ...args] = probeCommand(topology, patchPairs(topology, trunk), guest.interfaces)
  await agent.exec(program!, args, listenS * 1000).catch(() => undefined)
}
