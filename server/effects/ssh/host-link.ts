// The one connection to a host over time: made when first needed, shared by everybody who comes meanwhile, replaced when
// it is lost or when the host's access has changed, closed when nobody has used it for a while. The queue for channels
// belongs here, so that a command that still waits survives the loss of a connection and simply uses the next one.

import { ChannelLimit, MAX_COMMAND_CHANNELS } from './channel-limit'
import type { ConnectTimes } from './connect-config'
import { openConnection, type SshConnection, TooManySessions } from './connection'
import { endLeftBehind } from './end-tree'
import { type HostAccess, isSameAccess } from './host-access'
import { linkSignals, untilAborted } from './signals'

export interface LinkOptions {
  readonly loadAccess: () => Promise<HostAccess>
  readonly times: ConnectTimes
  readonly idleMs: number
}

/** `signal` is the caller's and the closing of the link in one. */
export type Work<T> = (connection: SshConnection, signal: AbortSignal) => Promise<T>

/** A connection, or the attempt at one, and how many use it. */
interface Lease {
  readonly access: HostAccess
  readonly ready: Promise<SshConnection>
  connection: SshConnection | null
  users: number
  /** Another one has taken its place; it closes with its last user. */
  isRetired: boolean
}

export class HostLink {
  readonly #channels = new ChannelLimit(MAX_COMMAND_CHANNELS)
  readonly #closing = new AbortController()
  readonly #tasks = new Set<Promise<unknown>>()
  #lease: Lease | null = null
  /** The connection that was lost last; it knows what still runs on the host. */
  #lost: SshConnection | null = null
  #idleTimer: NodeJS.Timeout | undefined

  constructor(private readonly options: LinkOptions) {}

  /** Lends the connection for the time of `work`. */
  readonly use = async <T>(signal: AbortSignal | undefined, work: Work<T>): Promise<T> => {
    clearTimeout(this.#idleTimer)
    const linked = linkSignals(signal, this.#closing.signal)
    const task = this.#useInTurn(linked.signal, work)
    this.#tasks.add(task)
    try {
      return await task
    } finally {
      linked.dispose()
      this.#tasks.delete(task)
      this.#armIdle()
    }
  }

  /** Cancels what runs, waits until it has ended on the host, and closes the connection. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled(this.#tasks)
    this.#retire()
  }

  async #useInTurn<T>(signal: AbortSignal, work: Work<T>): Promise<T> {
    for (;;) {
      const release = await this.#channels.acquire(signal)
      try {
        return await this.#useNow(signal, work)
      } catch (error) {
        this.#lowerLimit(error)
      } finally {
        release()
      }
    }
  }

  async #useNow<T>(signal: AbortSignal, work: Work<T>): Promise<T> {
    const lease = await this.#borrow()
    try {
      return await work(await untilAborted(signal, lease.ready), signal)
    } finally {
      giveBack(lease)
    }
  }

  /**
   * Hardened hosts allow few sessions (MaxSessions 2 is common advice). What such a host refused has not run, so it
   * queues again, behind a limit that leaves one session for ending commands. Every other error goes on to the caller.
   */
  #lowerLimit(error: unknown): void {
    if (!(error instanceof TooManySessions) || error.openChannels === 0) throw error
    this.#channels.lowerTo(error.openChannels - 1)
  }

  /** Counts the user in the same turn in which the lease is chosen, so that nobody can retire it unused in between. */
  async #borrow(): Promise<Lease> {
    const access = await this.options.loadAccess()
    const lease = this.#usableLease(access) ?? this.#connect(access)
    lease.users += 1
    return lease
  }

  #usableLease(access: HostAccess): Lease | null {
    const lease = this.#lease
    if (lease !== null && isSameAccess(lease.access, access) && lease.connection?.isOpen !== false) return lease
    this.#retire()
    return null
  }

  #connect(access: HostAccess): Lease {
    const ready = openConnection(access, this.options.times)
    const lease: Lease = { access, ready, connection: null, users: 0, isRetired: false }
    this.#lease = lease
    ready.then(
      (connection) => this.#adopt(lease, connection),
      () => this.#forget(lease),
    )
    return lease
  }

  #adopt(lease: Lease, connection: SshConnection): void {
    lease.connection = connection
    closeIfDone(lease)
    const trees = this.#lost?.leftBehind.splice(0) ?? []
    if (trees.length > 0) void endLeftBehind(connection, trees)
  }

  /** A failed attempt is not kept: the next command tries again. */
  #forget(lease: Lease): void {
    if (this.#lease === lease) this.#lease = null
  }

  #retire(): void {
    const lease = this.#lease
    this.#lease = null
    clearTimeout(this.#idleTimer)
    if (lease === null) return
    if (lease.connection?.isOpen === false) this.#lost = lease.connection
    lease.isRetired = true
    closeIfDone(lease)
  }

  #armIdle(): void {
    clearTimeout(this.#idleTimer)
    if (this.#tasks.size > 0) return
    this.#idleTimer = setTimeout(() => this.#retire(), this.options.idleMs)
    this.#idleTimer.unref()
  }
}

function giveBack(lease: Lease): void {
  lease.users -= 1
  closeIfDone(lease)
}

function closeIfDone(lease: Lease): void {
  if (lease.isRetired && lease.users === 0) lease.connection?.close()
}
