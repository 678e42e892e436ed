// Verifications that run and that were kept: every piece of news is journalled, then shown, and the result is stored whole.

import { AppError } from '@/server/core/app-error'
import { explainNoPath } from '@/server/core/explain/hop'
import { computePath } from '@/server/core/path/compute-path'
import { isPath } from '@/server/core/path/is-path'
import type { Path } from '@/server/core/path/path'
import type { Verification, VerificationEvent } from '@/server/core/path/verification'
import { isoNow } from '@/server/effects/clock'
import type { Conductor, VerificationRequest } from './conductor'
import type { HostManager, HostManagerDeps } from './host-manager'
import { loadCloud } from './load-cloud'
import type { OperationManager } from './operation-manager'
import { messageOf, type VerificationNews, type VerifyDeps } from './verify/verify-deps'
import { verifyPath } from './verify/verify-path'
import { watchJournal } from './watch-journal'

export interface VerificationManager {
  readonly start: Conductor['startVerification']
  readonly cancel: Conductor['cancelVerification']
  readonly watch: Conductor['watchVerification']
  readonly get: Conductor['getVerification']
}

interface RoomDeps extends HostManagerDeps, Pick<VerifyDeps, 'times'> {
  readonly hosts: HostManager
  readonly operations: OperationManager
}

/** Echo requests when the operator names no number: enough to see loss, little enough to wait for. */
const DEFAULT_COUNT = 5

export function createVerificationManager(deps: RoomDeps): VerificationManager {
  async function start(request: VerificationRequest, actor: string): Promise<{ verificationId: string }> {
    const cloud = await loadCloud(deps)
    const { from: source, to: destination, count = DEFAULT_COUNT } = request
    const path = computePath(cloud, source, destination)
    if (!isPath(path)) throw new AppError('invalid_input', explainNoPath(path), { rule: path.code, field: 'to' })
    const verificationId = deps.ids.uuid()
    const first = runningVerification(verificationId, path, isoNow(deps.clock))
    const hostIds = [...new Set([path.source.hostId, path.destination.hostId])]
    const signal = await deps.operations.begin({ id: verificationId, kind: 'verify', actor, hostIds })
    await deps.store.verifications.save(first)
    const journal = openJournal(deps, verificationId)
    const verifyDeps = {
      ...deps,
      cloud,
      captures: deps.store.captures,
      session: deps.hosts.session,
      observe: (hostId: string) => deps.hosts.observe(hostId),
    }
    const work = verifyPath(verifyDeps, { verificationId, source, destination, count }, journal.emit, signal)
    void work
      .catch((error: unknown) => journal.emit({ type: 'finished', verification: brokenOff(first, error) }))
      .then(() => journal.flushed())
      .finally(() => deps.operations.over(verificationId))
    return { verificationId }
  }

  return {
    start,
    cancel: async (verificationId) => {
      if (!(await deps.operations.cancel(verificationId))) throw new AppError('not_found', 'This verification is not in progress.')
    },
    watch: (verificationId, afterSeq, signal) =>
      watchJournal(
        {
          list: (after) => deps.store.verifications.listEvents(verificationId, after),
          live: () => deps.events.subscribe(['verification'], signal),
        },
        (item) => (item.event.verificationId === verificationId ? item.event : null),
        afterSeq,
        { signal },
      ),
    get: (verificationId) => deps.store.verifications.get(verificationId),
  }
}

const runningVerification = (id: string, path: Path, startedAt: string): Verification => ({
  id,
  status: 'running',
  source: path.source,
  destination: path.destination,
  startedAt,
  durationMs: null,
  ping: null,
  dhcp: [],
  hops: [],
  verdict: null,
  firstBadHopId: null,
})

const brokenOff = (first: Verification, error: unknown): Verification => ({
  ...first,
  status: 'failed',
  verdict: { code: 'broke-off', params: { said: messageOf(error) } },
})

/** One writer, so that `seq` has no gaps; the result is stored with its last event, before that is shown. */
function openJournal(deps: RoomDeps, verificationId: string) {
  let seq = 0
  let tail: Promise<void> = Promise.resolve()
  const write = async (news: VerificationNews): Promise<void> => {
    const event: VerificationEvent = { ...news, verificationId, seq: ++seq, at: isoNow(deps.clock) }
    await (event.type === 'finished'
      ? deps.store.verifications.finish(event.verification, event)
      : deps.store.verifications.appendEvent(event))
    deps.events.publish({ type: 'verification', event })
  }
  return {
    emit: (news: VerificationNews): void => {
      tail = tail
        .then(() => write(news))
        .catch((error: unknown) => deps.logger.error('News of a verification could not be stored.', { verificationId, err: error }))
    },
    flushed: () => tail,
  }
}
