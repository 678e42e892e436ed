// The ping itself, with everything around it: captures listen before the first packet, counters are read right before and
// right after, and whatever happens in between, no tcpdump is left on a host.

import { setTimeout as delay } from 'node:timers/promises'
import { isMute } from '@/server/core/path/guest-state'
import { reachedAt } from '@/server/core/path/packets'
import type { Verdict } from '@/server/core/path/verdict-params'
import { capturePoints } from './capture-points'
import { type CapturedHop, CaptureSet } from './capture-set'
import { CounterPair, readAllCounters } from './counter-pair'
import { agentOf, type Guests, unreadGuest } from './guests'
import { type PingOutcome, pingFromGuest, pingFromNamespace } from './ping'
import { type Drawing, messageOf, reportStage, type VerifyJob } from './verify-deps'

export interface Measurement {
  readonly outcome: PingOutcome
  /** By hop id. */
  readonly captures: ReadonlyMap<string, CapturedHop>
  readonly counters: CounterPair
}

export async function measurePing(job: VerifyJob, drawing: Drawing, guests: Guests): Promise<Measurement> {
  const { deps, signal, times } = job
  const { path, observations } = drawing
  const finding = guests.get(path.source.id)?.finding ?? null
  if (finding && isMute(finding)) return nothingSent(finding)
  const hostIds = [...observations.keys()]
  const captures = await CaptureSet.start(deps, capturePoints(path, observations), (stage) => reportStage(job, stage), signal)
  try {
    reportStage(job, { code: 'listening', params: { points: captures.listening } })
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

const nothingSent = (problem: Verdict): Measurement => ({
  outcome: { ping: null, problem },
  captures: new Map(),
  counters: new CounterPair(new Map(), new Map()),
})

async function ping(job: VerifyJob, drawing: Drawing, guests: Guests): Promise<PingOutcome> {
  const {
    path: { source, destination },
    hostProblems,
  } = drawing
  const hostProblem = hostProblems.get(source.hostId)
  if (hostProblem !== undefined) return { ping: null, problem: hostProblem }
  const address = reachedAt(destination)
  if (address === null) return { ping: null, problem: { code: 'no-address-to-ping', params: { label: destination.label } } }
  reportStage(job, { code: 'sending', params: { label: source.label, count: job.request.count, address } })
  try {
    return await pingFrom(job, drawing, address, guests)
  } catch (error) {
    if (job.signal.aborted) throw error
    return { ping: null, problem: { code: 'ping-failed', params: { label: source.label, said: messageOf(error) } } }
  }
}

async function pingFrom(
  job: VerifyJob,
  { path: { source, forth }, observations }: Drawing,
  address: string,
  guests: Guests,
): Promise<PingOutcome> {
  const { deps, request, signal } = job
  if (source.kind !== 'vm')
    return pingFromNamespace(deps.session(source.hostId), forth.hops[0]!.place.netns, source, address, request.count, signal)
  const guest = guests.get(source.id)
  if (!guest) {
    const { label, hostName: host } = source
    const part = unreadGuest(job, source, observations)
    return {
      ping: null,
      problem: part ? { code: 'guest-unread', params: { label, host, part } } : { code: 'guest-without-agent', params: { label } },
    }
  }
  if (guest.addresses === null) return { ping: null, problem: { code: 'guest-agent-silent', params: { label: source.label } } }
  return pingFromGuest(agentOf(job, source), source, address, request.count)
}
