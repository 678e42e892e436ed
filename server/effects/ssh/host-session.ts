// What the rest of the server knows of a host: run a command, or follow one. The conductor, the observer and the capture
// room depend on this interface alone, so that a fake host can stand in where a failure cannot be made on a real one.

import type { Command, CommandResult } from '@/server/core/commands/command'

export interface StreamOptions {
  /** Ends the remote process tree and rejects with `cancelled`. */
  readonly signal?: AbortSignal
}

export interface RunOptions extends StreamOptions {
  /** Sees every piece of stdout as it comes, also beyond the bound. Must not block; a throw ends the command. */
  readonly onStdout?: (chunk: Uint8Array) => void
  /** Bound of the collected stdout; 16 MiB when absent. */
  readonly maxOutputBytes?: number
  /** Beyond the bound: drop the rest and say so in `isTruncated` (default), or end the command with output_too_large. */
  readonly whenTooLarge?: 'truncate' | 'fail'
}

export interface CommandStream {
  /** To be read once. A slow reader slows the remote process down; leaving the loop stops it. */
  readonly stdout: AsyncIterable<Uint8Array>
  /** What the process has written to stderr so far, bounded. */
  stderr(): string
  /** The result without stdout; rejects as `run` does. */
  readonly done: Promise<CommandResult>
  /** Asks the process to finish (SIGINT, then SIGTERM, then SIGKILL) and resolves when it is gone. */
  stop(): Promise<void>
}

/** Places for streams on the connection of a host, held until they are given back. */
export interface StreamPlaces {
  readonly granted: number
  /** Why fewer were granted than wanted, in a sentence; null when all were. */
  readonly shortage: string | null
  /** No more of them at a time than were granted. */
  stream(command: Command, options?: StreamOptions): CommandStream
  release(): void
}

export interface HostSession {
  readonly hostId: string
  /** Commands and streams sent through this session; the conductor reports it per host. */
  readonly roundTrips: number
  /** Resolves with any exit code; rejects when the command did not run to its end. */
  run(command: Command, options?: RunOptions): Promise<CommandResult>
  /** As `run`, and rejects with command_failed unless the exit code is an accepted one. */
  runOrThrow(command: Command, options?: RunOptions): Promise<CommandResult>
  /** One stream, as soon as there is a place for it. */
  stream(command: Command, options?: StreamOptions): CommandStream
  /**
   * Places for several streams together, so that they run at the same time: as many as wanted, or as many as the host's
   * sessions allow. Waits while others stream. Who needs places on several hosts asks host by host, in one order.
   */
  reserve(wanted: number, signal?: AbortSignal): Promise<StreamPlaces>
}
