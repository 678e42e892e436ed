// The one connection to a host over time: made when first needed, shared by everybody who comes meanwhile, replaced when
// it is lost or when the host's access has changed, closed when nobody has used it for a while. The queue for channels
// belongs here, so that a command that still waits survives the loss of a connection and simply uses the next one.
//
// Streams get their places beforehand, all that somebody needs together. They are places of the same connection, but streams
// never hold all of them: a command waits for commands only.

import { isAppError } from '@/server/core/app-error'
import { ChannelLimit, MAX_COMMAND_CHANNELS, MAX_STREAM_CHANNELS, type Release } from './channel-limit'
import type { ConnectTimes } from './connect-config'
import { openConnection, type SshConnection, TooManySessions } from './connection'
import { endLeftBehind } from './end-tree'
import { LOGIN_RULE } from './ending'
import { type HostAccess, isSameAccess } from './host-access'
import { linkSignals, untilAborted } from './signals'

export interface LinkOptions {
  readonly loadAccess: () => Promise<HostAccess>
  readonly times: ConnectTimes
  readonly idleMs: number
}

/** `signal` is the caller's and the closing of the link in one. */
export type Work<T> = (connection: SshConnection, signal: AbortSignal) => Promise<T>

/** Places for streams, held until they are given back. */
export interface StreamPlaces {
  readonly count: number
  /** As Work is run otherwise, on one of the places. */
  readonly use: <T>(signal: AbortSignal | undefined, work: Work<T>) => Promise<T>
  readonly release: Release
}

/** Beside its streams a host needs one session for a command, and one to end it. */
const SESSIONS_BESIDE_STREAMS = 2
export const sessionsFor = (streams: number): number => streams + SESSIONS_BESIDE_STREAMS

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
  /** Of those, what streams may hold. */
  readonly #streams = new ChannelLimit(MAX_STREAM_CHANNELS, 0)
  readonly #closing = new AbortController()
  readonly #tasks = new Set<Promise<unknown>>()
  #lease: Lease | null = null
  /** The connection that was lost last; it knows what still runs on the host. */
  #lost: SshConnection | null = null
  #idleTimer: NodeJS.Timeout | undefined
  #allowedSessions: number | null = null

  constructor(private readonly options: LinkOptions) {}

  /** Lends the connection for the time of `work`. */
  readonly use = <T>(signal: AbortSignal | undefined, work: Work<T>): Promise<T> =>
    this.#track(signal, (linked) => this.#useInTurn(linked, work))

  /** Sessions that sshd was seen to allow at a time, where they are fewer than could be used; null where that never showed. */
  get allowedSessions(): number | null {
    return this.#allowedSessions
  }

  /** Places for `wanted` streams together, or for as many as the host's sessions allow; waits while others have them. */
  async reserve(wanted: number, signal: AbortSignal | undefined): Promise<StreamPlaces> {
    const { count, release } = await this.#track(signal, (linked) => this.#reserveInTurn(wanted, linked))
    return { count, release, use: (caller, work) => this.#track(caller, (linked) => this.#useReserved(linked, work)) }
  }

  /** Cancels what runs, waits until it has ended on the host, and closes the connection. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled(this.#tasks)
    this.#retire()
  }

  async #track<T>(signal: AbortSignal | undefined, run: (linked: AbortSignal) => Promise<T>): Promise<T> {
    clearTimeout(this.#idleTimer)
    const linked = linkSignals(signal, this.#closing.signal)
    const task = run(linked.signal)
    this.#tasks.add(task)
    try {
      return await task
    } finally {
      linked.dispose()
      this.#tasks.delete(task)
      this.#armIdle()
    }
  }

  async #reserveInTurn(wanted: number, signal: AbortSignal): Promise<{ readonly count: number; readonly release: Release }> {
    for (;;) {
      const places = await this.#streams.acquireTogether(wanted, signal)
      const held: Release[] = [places.release]
      const release = () => held.forEach((each) => each())
      try {
        // Streams hold no more than their share, so these are waited for behind commands alone.
        for (let index = 0; index < places.count; index += 1) held.push(await this.#channels.acquire(signal))
        if (places.count > 0) await this.#useNow(signal, (connection) => connection.prove(sessionsFor(this.#streams.active)))
        return { count: places.count, release }
      } catch (error) {
        release()
        this.#lowerLimit(error)
      }
    }
  }

  async #useReserved<T>(signal: AbortSignal, work: Work<T>): Promise<T> {
    try {
      return await this.#useNow(signal, work)
    } catch (error) {
      if (isRefusal(error)) this.#lowerLimit(error)
      throw error
    }
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
    } catch (error) {
      if (isOfTheLogin(error)) this.#retire(lease)
      throw error
    } finally {
      giveBack(lease)
    }
  }

  /**
   * Hardened hosts allow few sessions (MaxSessions 2 is common advice). What such a host refused has not run, so it
   * queues again, behind a limit that leaves one session for ending commands. Every other error goes on to the caller.
   */
  #lowerLimit(error: unknown): void {
    if (!isRefusal(error)) throw error
    const places = error.allowed - 1
    this.#allowedSessions = error.allowed
    this.#channels.lowerTo(places)
    this.#streams.lowerTo(places - 1)
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
    this.#allowedSessions = null
    this.#channels.reset()
    this.#streams.reset()
    const trees = this.#lost?.leftBehind.splice(0) ?? []
    if (trees.length > 0) void endLeftBehind(connection, trees)
  }

  /** A failed attempt is not kept: the next command tries again. */
  #forget(lease: Lease): void {
    if (this.#lease === lease) this.#lease = null
  }

  #retire(lease: Lease | null = this.#lease): void {
    if (lease === null || lease.isRetired) return
    this.#forget(lease)
    clearTimeout(this.#idleTimer)
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

/** sshd keeps shell, forced command and groups of a connection as they were at its login: what was mended since counts from the next. */
const isOfTheLogin = (error: unknown): boolean =>
  isAppError(error) && (error.code === 'sudo_refused' || error.context['rule'] === LOGIN_RULE)

const isRefusal = (error: unknown): error is TooManySessions => error instanceof TooManySessions && error.allowed > 0

function giveBack(lease: Lease): void {
  lease.users -= 1
  closeIfDone(lease)
}

function closeIfDone(lease: Lease): void {
  if (lease.isRetired && lease.users === 0) lease.connection?.close()
}
