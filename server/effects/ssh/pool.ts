// All hosts of the console: one link per host, made on first use. The access is loaded anew for every command, which is a
// row of the local database, so that a changed address, key or pin counts from the next command on.

import { AppError } from '@/server/core/app-error'
import type { Command, CommandResult } from '@/server/core/commands/command'
import { type ConnectTimes, DEFAULT_CONNECT_TIMES } from './connect-config'
import { assertAccepted } from './ending'
import type { HostAccess } from './host-access'
import { HostLink, sessionsFor, type Work } from './host-link'
import type { CommandStream, HostSession, RunOptions, StreamOptions, StreamPlaces } from './host-session'
import { runOn } from './run'
import { RemoteStream, type UseConnection } from './stream'

export interface SshPoolOptions {
  readonly loadAccess: (hostId: string) => Promise<HostAccess>
  /** An unused connection is closed after this long. */
  readonly idleMs?: number
  readonly times?: Partial<ConnectTimes>
}

export interface SshPool {
  /** A session of its own counts its own round trips; all sessions of a host share the connection. */
  forHost(hostId: string): HostSession
  /** Ends what runs on the host and closes the connection; a later command connects again. */
  close(hostId: string): Promise<void>
  closeAll(): Promise<void>
}

/** Longer than an operator thinks between two looks at a host, short enough not to keep sessions overnight. */
const DEFAULT_IDLE_MS = 5 * 60_000

export function createSshPool(options: SshPoolOptions): SshPool {
  const links = new Map<string, HostLink>()
  const idleMs = options.idleMs ?? DEFAULT_IDLE_MS
  const times = { ...DEFAULT_CONNECT_TIMES, ...options.times }
  const linkTo = (hostId: string): HostLink => {
    const link = links.get(hostId) ?? new HostLink({ loadAccess: () => options.loadAccess(hostId), times, idleMs })
    links.set(hostId, link)
    return link
  }
  const close = async (hostId: string): Promise<void> => {
    const link = links.get(hostId)
    links.delete(hostId)
    await link?.close()
  }
  return {
    // Looked up for each use: a session outlives the link it started with.
    forHost: (hostId) => new PooledSession(hostId, () => linkTo(hostId)),
    close,
    closeAll: async () => void (await Promise.all([...links.keys()].map(close))),
  }
}

class PooledSession implements HostSession {
  #roundTrips = 0

  constructor(
    readonly hostId: string,
    private readonly link: () => HostLink,
  ) {}

  get roundTrips(): number {
    return this.#roundTrips
  }

  run(command: Command, options: RunOptions = {}): Promise<CommandResult> {
    const work = this.#counted((connection, signal) => runOn(connection, command, { ...options, signal }))
    return this.link().use(options.signal, work)
  }

  async runOrThrow(command: Command, options: RunOptions = {}): Promise<CommandResult> {
    return assertAccepted(command, await this.run(command, options))
  }

  stream(command: Command, options: StreamOptions = {}): CommandStream {
    return new RemoteStream((signal, work) => this.#inOnePlace(signal, work), command, options)
  }

  async reserve(wanted: number, signal?: AbortSignal): Promise<StreamPlaces> {
    const link = this.link()
    const { count, use, release } = await link.reserve(wanted, signal)
    return {
      granted: count,
      shortage: count < wanted ? shortageOf(wanted, count, link.allowedSessions) : null,
      stream: (command, options) => new RemoteStream((caller, work) => use(caller, this.#counted(work)), command, options),
      release,
    }
  }

  readonly #inOnePlace: UseConnection = async (signal, work) => {
    const link = this.link()
    const { count, use, release } = await link.reserve(1, signal)
    try {
      if (count === 0) throw new AppError('host_unreachable', `${shortageOf(1, 0, link.allowedSessions)}.`)
      return await use(signal, this.#counted(work))
    } finally {
      release()
    }
  }

  #counted<T>(work: Work<T>): Work<T> {
    return (connection, linked) => {
      this.#roundTrips += 1
      return work(connection, linked)
    }
  }
}

function shortageOf(wanted: number, granted: number, allowed: number | null): string {
  if (allowed === null || allowed >= sessionsFor(wanted)) return `No more than ${granted} can listen on one host at a time`
  return `It needs ${sessionsFor(wanted)} SSH sessions, sshd allows ${allowed} (MaxSessions)`
}
