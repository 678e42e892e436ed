// One command from start to end over an open connection: its standard input goes in, its bounded output comes out. What
// stops it early (time-out, cancel, too much output) ends the whole process tree on the host before the error is thrown.

import type { Command, CommandResult } from '@/server/core/commands/command'
import { BoundedBytes } from './bounded-bytes'
import type { SshConnection } from './connection'
import { END_COMMAND } from './end-tree'
import { awaitEnding, awaitStart, toResult } from './ending'
import type { RunOptions } from './host-session'
import { startProcess } from './remote-process'
import { StopRequest } from './stop-request'

/** 100 000 OpenFlow flows print some 20 MB; hosts of that size are read table by table. */
const DEFAULT_MAX_STDOUT_BYTES = 16 * 1024 * 1024
export const MAX_STDERR_BYTES = 1024 * 1024

/**
 * A command that starts a daemon may leave it holding our end of the pipe. Five silent seconds after the exit are taken as
 * that; the result is then marked as truncated, because on a very slow link the rest may only have been late.
 */
const DRAIN_MS = 5_000

/** Runs a command; see HostSession.run for what rejects and what does not. */
export async function runOn(connection: SshConnection, command: Command, options: RunOptions = {}): Promise<CommandResult> {
  const output = new OutputSink(options)
  const stop = new StopRequest(options.signal)
  const startedAtMs = performance.now()
  try {
    stop.startTimer(command.timeoutMs)
    const onStdout = (chunk: Uint8Array) => output.push(chunk, stop)
    const starting = startProcess(connection, command, { onStdout, maxStderrBytes: MAX_STDERR_BYTES, drainMs: DRAIN_MS })
    const process = await awaitStart(connection.access.name, command, starting, stop)
    const ending = await awaitEnding(process, stop, END_COMMAND)
    const { cause } = stop
    return toResult({ connection, command, process, ending, ...output.summary(), startedAtMs, cause })
  } finally {
    stop.dispose()
  }
}

/** Where stdout goes: into the bounded result and, piece by piece, to the caller. */
class OutputSink {
  readonly #collected: BoundedBytes

  constructor(private readonly options: RunOptions) {
    this.#collected = new BoundedBytes(options.maxOutputBytes ?? DEFAULT_MAX_STDOUT_BYTES)
  }

  summary(): { stdout: string; isStdoutTruncated: boolean } {
    return { stdout: this.#collected.text(), isStdoutTruncated: this.#collected.isTruncated }
  }

  push(chunk: Uint8Array, stop: StopRequest): void {
    this.#collected.push(chunk)
    if (this.#collected.isTruncated && this.options.whenTooLarge === 'fail') stop.request('output_too_large')
    try {
      this.options.onStdout?.(chunk)
    } catch (error) {
      stop.request('handler_failed', error)
    }
  }
}
