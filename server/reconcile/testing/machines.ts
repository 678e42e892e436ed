// Hosts that only exist as readings, for what real ones cannot show at will: two runs at a chosen moment of each other, and how often a host
// is read. A host is bare or built; it is built when it took as many commands as its plan has. What commands do is tried on the lab.

import type { HostState } from '@/server/core/host/host-state'
import { emptyHostState } from '@/server/core/host/host-state'
import type { HostObservation } from '@/server/core/host/observation'
import { compileHost } from '@/server/core/compile/compile'
import { planHost } from '@/server/core/plan/plan-host'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { Topology } from '@/server/core/topology/topology'
import type { CommandResult } from '@/server/core/commands/command'
import { onAbort } from '@/server/effects/on-abort'
import { deferred } from '@/server/effects/ssh/deferred'
import type { HostSession } from '@/server/effects/ssh/host-session'
import type { ApplyDeps } from '../apply-plan'

export class Machines {
  /** Names of hosts, in the order in which they were read. */
  readonly reads: string[] = []
  /** Commands that changed each, claims left out. */
  readonly taken = new Map<string, number>()
  /** Hosts on which every command that changes them fails. */
  readonly broken = new Set<string>()
  readonly #topology: Topology
  readonly #built = new Set<string>()
  readonly #holds = new Map<string, Promise<void>>()
  readonly #last = new Map<string, HostObservation>()
  #clock = Date.parse('2026-01-01T00:00:00.000Z')

  constructor(topology: Topology) {
    this.#topology = topology
  }

  id = (name: string): string => this.#topology.hosts.find((host) => host.name === name)!.id

  /** As the design wants it, or as if nobody had been there. */
  set(name: string, state: 'built' | 'bare'): void {
    if (state === 'built') this.#built.add(name)
    else this.#built.delete(name)
    this.taken.set(name, 0)
  }

  /** The next command that changes this host does not end before the answer is called. */
  hold(name: string): () => void {
    const { promise, resolve } = deferred<void>()
    this.#holds.set(name, promise)
    return () => resolve()
  }

  readonly hosts: ApplyDeps['hosts'] = {
    observe: async (hostId) => {
      const host = this.#host(hostId)
      this.reads.push(host.name)
      const reading = this.#read(host)
      this.#last.set(hostId, reading)
      return reading
    },
    last: async (hostId) => this.#last.get(hostId) ?? null,
    session: (hostId) => {
      const host = this.#host(hostId)
      const run: HostSession['run'] = ({ argv, isMutating }, { signal } = {}) =>
        isMutating && !argv.includes('tapline-claim') ? this.#take(host, argv, signal) : Promise.resolve(answer(host, argv, 0))
      return { hostId, roundTrips: 0, run, runOrThrow: run, stream: none, reserve: none }
    },
  }

  async #take(host: Host, argv: readonly string[], signal?: AbortSignal): Promise<CommandResult> {
    const held = this.#holds.get(host.name)
    if (held) await Promise.race([held, aborted(signal)])
    signal?.throwIfAborted()
    if (this.broken.has(host.name)) return answer(host, argv, 1)
    const taken = (this.taken.get(host.name) ?? 0) + 1
    this.taken.set(host.name, taken)
    if (taken === planHost(host, this.#desired(host), bare(host.id, '')).steps.length) this.#built.add(host.name)
    return answer(host, argv, 0)
  }

  #read(host: Host): HostObservation {
    const observedAt = new Date((this.#clock += 1000)).toISOString()
    return this.#built.has(host.name)
      ? reading(host.id, observedAt, { ...this.#desired(host), links: [...this.#desired(host).links, ...nics] })
      : bare(host.id, observedAt)
  }

  #desired = (host: Host): HostState => compileHost(this.#topology, host.id)

  #host = (hostId: string): Host => this.#topology.hosts.find(({ id }) => id === hostId)!
}

const nic = (name: string): HostState['links'][number] =>
  ({ netns: '', name, type: 'physical', owner: null, isUp: true }) as HostState['links'][number]
const nics = [nic('ens37'), nic('ens38')]

const bare = (hostId: string, observedAt: string): HostObservation => reading(hostId, observedAt, { links: nics })

const reading = (hostId: string, observedAt: string, state: Partial<HostState>): HostObservation => ({
  hostId,
  observedAt,
  durationMs: 1,
  state: { ...emptyHostState, ...state },
  facts: {
    hostname: '',
    kernel: '',
    ovsVersion: null,
    ovsDatapathTypes: [],
    hasKernelDatapath: false,
    kvm: 'usable',
    libvirtVersion: null,
    tools: {},
    neutronAgents: [],
    sshLink: null,
  },
  unparsed: [],
})

const answer = (host: Host, argv: readonly string[], exitCode: number): CommandResult => ({
  host: host.name,
  argv,
  exitCode,
  stdout: '',
  stderr: '',
  durationMs: 1,
  isTruncated: false,
})

const aborted = (signal?: AbortSignal) => new Promise<void>((resolve) => void (signal && onAbort(signal, resolve)))

const none = () => {
  throw new Error('these hosts have no streams')
}
