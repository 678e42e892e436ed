// Proves one path: reads its hosts, waits for its guests, listens at its devices while the source pings the destination,
// and says hop by hop what was seen. Whatever happens, nothing keeps running on the hosts.

import { setMaxListeners } from 'node:events'
import type { Path } from '@/server/core/path/path'
import type { Verification } from '@/server/core/path/verification'
import { drawIntended, drawObserved } from './draw-path'
import { measurePing } from './measure-ping'
import { suspendedGuest, waitForGuests } from './guests'
import { judgeMeasurement, type Judgement } from './judge-measurement'
import { readDhcpServers } from './read-dhcp'
import { defaultTimes, type Emit, messageOf, type VerifyDeps, type VerifyJob, type VerifyRequest } from './verify-deps'

/** Rejects only when there is no such path; everything else is told by the verification itself. */
export async function verifyPath(deps: VerifyDeps, request: VerifyRequest, emit: Emit, signal: AbortSignal): Promise<Verification> {
  // A dozen captures and readings hang on this one signal at a time, rightly; each takes its listener away again.
  setMaxListeners(0, signal)
  const job: VerifyJob = { deps, request, emit, signal, times: { ...defaultTimes, ...deps.times } }
  const startedAt = deps.clock.now()
  const intended = drawIntended(job)
  const judgement = await proveOrExplain(job, intended)
  const verification = {
    ...record(request, intended, startedAt),
    ...judgement,
    durationMs: deps.clock.now().getTime() - startedAt.getTime(),
  }
  emit({ type: 'finished', verification })
  return verification
}

const nothing = { firstBadHopId: null, ping: null, dhcp: [], hops: [] }

async function prove(job: VerifyJob, intended: Path): Promise<Judgement> {
  const { deps, signal } = job
  const drawing = await drawObserved(job, intended)
  const suspended = suspendedGuest(job, drawing)
  if (suspended) return { ...nothing, status: 'failed', verdict: suspended.verdict, firstBadHopId: suspended.hopId }
  const { source, destination } = drawing.path
  const designed = [source, destination].filter(({ isFound }) => !isFound)
  const servers = await readDhcpServers(deps, designed, signal)
  const guests = await waitForGuests(job, drawing, servers)
  const measurement = await measurePing(job, drawing, guests)
  return judgeMeasurement(job, drawing, guests, measurement)
}

async function proveOrExplain(job: VerifyJob, intended: Path): Promise<Judgement> {
  try {
    return await prove(job, intended)
  } catch (error) {
    if (job.signal.aborted) return { ...nothing, status: 'cancelled', verdict: { code: 'cancelled', params: {} } }
    return { ...nothing, status: 'failed', verdict: { code: 'broke-off', params: { said: messageOf(error) } } }
  }
}

const record = ({ verificationId }: VerifyRequest, { source, destination }: Path, startedAt: Date) =>
  ({ id: verificationId, source, destination, startedAt: startedAt.toISOString() }) as const
