// A command that is followed while it runs: tcpdump, a ping, an event monitor. Its stdout is an async iterable with
// back-pressure, its end is asked for politely so that buffered output arrives, and leaving the loop ends it too.

import { onAbort } from '../on-abort'
import type { Command, CommandResult } from '@/server/core/commands/command'
import { ByteQueue } from './byte-queue'
import type { SshConnection } from './connection'
import { END_STREAM } from './end-tree'
import { awaitEnding, awaitStart, toResult } from './ending'
import type { Work } from './host-link'
import type { CommandStream, StreamOptions } from './host-session'
import { type RemoteProcess, startProcess } from './remote-process'
import { MAX_STDERR_BYTES } from './run'
import { StopRequest } from './stop-request'

/** Lends a connection for the time of `work`. */
export type UseConnection = <T>(signal: AbortSignal | undefined, work: Work<T>) => Promise<T>

export class RemoteStream implements CommandStream {
  readonly stdout: ByteQueue
  readonly done: Promise<CommandResult>
  readonly #stop: StopRequest
  /** Ends the wait for a channel or a connection; once the process runs, #stop ends that. */
  readonly #beforeStart = new AbortController()
  #process: RemoteProcess | null = null
  #isStopped = false

  constructor(use: UseConnection, command: Command, options: StreamOptions = {}) {
    this.stdout = new ByteQueue(() => void this.stop())
    this.#stop = new StopRequest(options.signal)
    void this.#stop.requested.then(() => this.#beforeStart.abort())
    this.done = use(this.#beforeStart.signal, (connection, signal) => this.#follow(connection, command, signal))
    this.done.then(
      () => this.#finish(undefined),
      (error: unknown) => this.#finish(error),
    )
  }

  stderr(): string {
    return this.#process?.stderr.text() ?? ''
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#stop.request('stopped')
    await this.done.catch(() => undefined)
  }

  async #follow(connection: SshConnection, command: Command, signal: AbortSignal): Promise<CommandResult> {
    const startedAtMs = performance.now()
    onAbort(signal, () => this.#stop.request('cancelled'))
    this.#stop.startTimer(command.timeoutMs)
    const onStdout = (chunk: Uint8Array) => this.stdout.push(chunk)
    const starting = startProcess(connection, command, { onStdout, maxStderrBytes: MAX_STDERR_BYTES, drainMs: null })
    const process = await awaitStart(connection.access.name, command, starting, this.#stop)
    this.#process = process
    this.stdout.connect({ pause: () => process.pause(), resume: () => process.resume() })
    void this.#stop.requested.then(() => this.stdout.flush())
    const ending = await awaitEnding(process, this.#stop, END_STREAM)
    const { isTruncated: isStdoutTruncated } = this.stdout
    return toResult({ connection, command, process, ending, stdout: '', isStdoutTruncated, startedAtMs })
  }

  /** A reader who asked for the end gets an end, not the error that the asking may have caused. */
  #finish(error: unknown): void {
    this.#stop.dispose()
    this.stdout.end(this.#isStopped ? undefined : error)
  }
}
