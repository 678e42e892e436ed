// Proves one path: reads its hosts, listens at its devices, reads its counters, lets the source ping the destination,
// and says hop by hop what was seen. Stages in order; whatever happens, nothing keeps running on the hosts.

import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '@/server/core/app-error'
import type { HostObservation } from '@/server/core/host/observation'
import { computePath } from '@/server/core/path/compute-path'
import { conclude } from '@/server/core/path/conclude'
import { hopEvidence } from '@/server/core/path/hop-evidence'
import { isPath } from '@/server/core/path/is-path'
import type { Endpoint, Path } from '@/server/core/path/path'
import { sidesOf } from '@/server/core/path/path-sides'
import type { Verification } from '@/server/core/path/verification'
import { judgeTraffic } from '@/server/core/path/verdict'
import { capturePoints } from './capture-points'
import { CaptureSet, type CapturedHop } from './capture-set'
import { CounterPair, readAllCounters } from './counter-pair'
import { GuestAgent } from './guest-agent'
import { measureHop, sightingOf } from './measure-hops'
import { type PingOutcome, pingFromGuest, pingFromNamespace } from './ping'
import { readDhcpEvidence } from './read-dhcp'
import { defaultTimes, type Emit, messageOf, type VerifyDeps, type VerifyRequest } from './verify-deps'
import { type GuestReadiness, waitForGuest } from './wait-for-guest'

/** Rejects only when there is no such path; everything else is told by the verification itself. */
export async function verifyPath(deps: VerifyDeps, request: VerifyRequest, emit: Emit, signal: AbortSignal): Promise<Verification> {
  const job = new VerifyJob(deps, request, emit, signal)
  const verification = await job.run()
  emit({ type: 'finished', verification })
  return verification
}

interface Drawing {
  readonly path: Path
  /** The same way back: its flows count the replies. */
  readonly back: Path
  readonly observations: ReadonlyMap<string, HostObservation>
  readonly hostProblems: ReadonlyMap<string, string>
}

interface Flight {
  readonly outcome: PingOutcome
  readonly captures: ReadonlyMap<string, CapturedHop>
  readonly counters: CounterPair
}

class VerifyJob {
  readonly #startedAt: Date
  readonly #times

  constructor(
    private readonly deps: VerifyDeps,
    private readonly request: VerifyRequest,
    private readonly emit: Emit,
    private readonly signal: AbortSignal,
  ) {
    this.#startedAt = deps.clock.now()
    this.#times = { ...defaultTimes, ...deps.times }
  }

  async run(): Promise<Verification> {
    const intended = this.#draw(new Map())
    try {
      const drawing = await this.#observe(intended)
      const guests = await this.#waitForGuests(drawing)
      const flight = await this.#fly(drawing, guests)
      this.signal.throwIfAborted()
      return await this.#judge(drawing, guests, flight)
    } catch (error) {
      const isCancelled = this.signal.aborted
      const verdict = isCancelled ? 'Cancelled. Nothing was left running on the hosts.' : `The verification broke off: ${messageOf(error)}`
      return this.#record(intended, { status: isCancelled ? 'cancelled' : 'failed', verdict, firstBadHopId: null })
    }
  }

  #draw(observations: ReadonlyMap<string, HostObservation>): Path {
    const { source, destination } = this.request
    return this.#drawBetween(observations, source, destination)
  }

  #drawBetween(observations: ReadonlyMap<string, HostObservation>, source: string, destination: string): Path {
    const path = computePath({ topology: this.deps.topology, observations }, source, destination)
    if (isPath(path)) return path
    throw new AppError('invalid_input', path.message, { rule: path.reason })
  }

  async #observe(intended: Path): Promise<Drawing> {
    const hosts = new Map([intended.source, intended.destination].map(({ hostId, hostName }) => [hostId, hostName]))
    this.#tell(`Reading ${[...hosts.values()].join(' and ')}`)
    const observations = new Map<string, HostObservation>()
    const hostProblems = new Map<string, string>()
    await Promise.all([...hosts].map(async ([hostId, name]) => {
      await this.deps.observe(hostId).then(
        (observation) => observations.set(hostId, observation),
        (error: unknown) => hostProblems.set(hostId, `${name} could not be read: ${messageOf(error)}`),
      )
    }))
    this.signal.throwIfAborted()
    const { source, destination } = this.request
    return { path: this.#draw(observations), back: this.#drawBetween(observations, destination, source), observations, hostProblems }
  }

  /** Guests on hosts that cannot be read are not asked. */
  async #waitForGuests({ path, observations }: Drawing): Promise<Map<string, GuestReadiness>> {
    const guests = [path.source, path.destination].filter((endpoint) => this.#hasAgent(endpoint, observations))
    const ready = guests.map(async (endpoint) => {
      const options = { timeoutMs: this.#times.guestTimeoutMs, pollMs: this.#times.guestPollMs, progress: (message: string) => this.#tell(message), signal: this.signal }
      return [endpoint.portId, await waitForGuest(this.#agentOf(endpoint), endpoint, options)] as const
    })
    return new Map(await Promise.all(ready))
  }

  #hasAgent({ hostId, kind, portId }: Endpoint, observations: ReadonlyMap<string, HostObservation>): boolean {
    const domain = observations.get(hostId)?.state.domains.find(({ uuid }) => uuid === this.#deviceOf(portId))
    return kind === 'vm' && domain?.isRunning === true && domain.hasGuestAgent
  }

  /** The VM's id is the domain's uuid. */
  #deviceOf(portId: string): string {
    return this.deps.topology.ports.find(({ id }) => id === portId)?.deviceId ?? ''
  }

  #agentOf({ hostId, portId }: Endpoint): GuestAgent {
    return new GuestAgent(this.deps.session(hostId), this.#deviceOf(portId), this.signal)
  }

  async #fly(drawing: Drawing, guests: ReadonlyMap<string, GuestReadiness>): Promise<Flight> {
    const { path, observations } = drawing
    const hostIds = [...observations.keys()]
    const captures = await CaptureSet.start(this.deps, capturePoints(path, observations), this.signal)
    try {
      this.#tell(`Listening at ${captures.listening} points`)
      const before = await readAllCounters(this.deps, path, hostIds, this.signal)
      const outcome = await this.#ping(drawing, guests)
      await delay(this.#times.settleMs, undefined, { signal: this.signal })
      const after = await readAllCounters(this.deps, path, hostIds, this.signal)
      return { outcome, captures: await captures.stop(), counters: new CounterPair(before, after) }
    } catch (error) {
      await captures.discard()
      throw error
    }
  }

  async #ping({ path, hostProblems }: Drawing, guests: ReadonlyMap<string, GuestReadiness>): Promise<PingOutcome> {
    const { source, destination } = path
    const hostProblem = hostProblems.get(source.hostId)
    if (hostProblem !== undefined) return { ping: null, problem: hostProblem }
    if (destination.ipAddress === null) return { ping: null, problem: `${destination.label} has no address to ping` }
    this.#tell(`${source.label} sends ${this.request.count} echo requests to ${destination.ipAddress}`)
    try {
      return await this.#pingFrom(source, destination.ipAddress, guests)
    } catch (error) {
      if (this.signal.aborted) throw error
      return { ping: null, problem: `The ping could not be run at ${source.label}: ${messageOf(error)}` }
    }
  }

  async #pingFrom(source: Endpoint, address: string, guests: ReadonlyMap<string, GuestReadiness>): Promise<PingOutcome> {
    const { count } = this.request
    if (source.kind === 'dhcp') return pingFromNamespace(this.deps.session(source.hostId), source, address, count, this.signal)
    const guest = guests.get(source.portId)
    if (!guest) return { ping: null, problem: `${source.label} is not running or has no guest agent, so it cannot be asked to ping` }
    if (guest.addresses === null) return { ping: null, problem: `The guest agent of ${source.label} does not answer, so it cannot be asked to ping` }
    return pingFromGuest(this.#agentOf(source), source, address, count)
  }

  async #judge({ path, back, observations, hostProblems }: Drawing, guests: ReadonlyMap<string, GuestReadiness>, { outcome, captures, counters }: Flight): Promise<Verification> {
    const { ping, problem: pingProblem } = outcome
    const transmitted = ping?.transmitted ?? 0
    const measures = path.hops.map((hop) => ({ hop, measure: measureHop(path, back, hop, { captures, counters, hostProblems, transmitted }) }))
    const sightings = new Map(measures.map(({ hop, measure }) => [hop.id, sightingOf(hop, measure)]))
    const traffic = judgeTraffic({ path, sightings, transmitted })
    const hops = measures.map(({ hop, measure }) => hopEvidence(path, hop, measure, traffic, ping))
    for (const evidence of hops) this.emit({ type: 'hop', evidence })
    const vms = [path.source, path.destination].filter(({ kind }) => kind === 'vm')
    const dhcp = await readDhcpEvidence(this.deps, vms, guests, this.signal)
    const sides = sidesOf({ topology: this.deps.topology, observations }, this.request.source, this.request.destination)
    if (!sides) throw new AppError('internal', 'The path lost its ends.')
    const conclusion = conclude({ path, sides, sightings, drops: counters.drops, traffic, ping, pingProblem, hostProblems: [...hostProblems.values()], dhcp })
    return this.#record(path, { ...conclusion, ping, dhcp, hops })
  }

  #record({ source, destination }: Path, facts: Pick<Verification, 'status' | 'verdict' | 'firstBadHopId'> & Partial<Verification>): Verification {
    return {
      id: this.request.verificationId,
      source,
      destination,
      startedAt: this.#startedAt.toISOString(),
      durationMs: this.deps.clock.now().getTime() - this.#startedAt.getTime(),
      ping: null,
      dhcp: [],
      hops: [],
      ...facts,
    }
  }

  #tell(message: string): void {
    this.emit({ type: 'progress', message })
  }
}
