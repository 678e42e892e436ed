// The ping itself, with everything around it: captures listen before the first packet, counters are read right before and
// right after, and whatever happens in between, no tcpdump is left on a host.

import { setTimeout as delay } from 'node:timers/promises'
import type { Endpoint } from '@/server/core/path/path'
import { capturePoints } from './capture-points'
import { type CapturedHop, CaptureSet } from './capture-set'
import { CounterPair, readAllCounters } from './counter-pair'
import { agentOf, type Guests } from './guests'
import { type PingOutcome, pingFromGuest, pingFromNamespace } from './ping'
import { type Drawing, messageOf, tell, type VerifyJob } from './verify-deps'

export interface Flight {
  readonly outcome: PingOutcome
  /** By hop id. */
  readonly captures: ReadonlyMap<string, CapturedHop>
  readonly counters: CounterPair
}

export async function fly(job: VerifyJob, drawing: Drawing, guests: Guests): Promise<Flight> {
  const { deps, signal, times } = job
  const { path, observations } = drawing
  const hostIds = [...observations.keys()]
  const captures = await CaptureSet.start(deps, capturePoints(path, observations), signal)
  try {
    tell(job, `Listening at ${captures.listening} points`)
    const before = await readAllCounters(deps, path, hostIds, signal)
    const outcome = await ping(job, drawing, guests)
    await delay(times.settleMs, undefined, { signal })
    const after = await readAllCounters(deps, path, hostIds, signal)
    signal.throwIfAborted()
    return { outcome, captures: await captures.stop(), counters: new CounterPair(before, after) }
  } catch (error) {
    await captures.discard()
    throw error
  }
}

async function ping(job: VerifyJob, { path, hostProblems }: Drawing, guests: Guests): Promise<PingOutcome> {
  const { source, destination } = path
  const hostProblem = hostProblems.get(source.hostId)
  if (hostProblem !== undefined) return { ping: null, problem: hostProblem }
  if (destination.ipAddress === null) return { ping: null, problem: `${destination.label} has no address to ping` }
  tell(job, `${source.label} sends ${job.request.count} echo requests to ${destination.ipAddress}`)
  try {
    return await pingFrom(job, source, destination.ipAddress, guests)
  } catch (error) {
    if (job.signal.aborted) throw error
    return { ping: null, problem: `The ping could not be run at ${source.label}: ${messageOf(error)}` }
  }
}

async function pingFrom(job: VerifyJob, source: Endpoint, address: string, guests: Guests): Promise<PingOutcome> {
  const { deps, request, signal } = job
  if (source.kind === 'dhcp') return pingFromNamespace(deps.session(source.hostId), source, address, request.count, signal)
  const guest = guests.get(source.portId)
  if (!guest) return { ping: null, problem: `${source.label} is not running or has no guest agent, so it cannot be asked to ping` }
  if (guest.addresses === null) return { ping: null, problem: `The guest agent of ${source.label} does not answer, so it cannot be asked to ping` }
  return pingFromGuest(agentOf(job, source), source, address, request.count)
}
