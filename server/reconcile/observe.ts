// Reads one host: one command, one channel, then pure parsing. A reading that was cut short is refused, because a planner
// that takes it for the whole truth would build everything again; text that is merely not understood is kept and shown.

import type { Command, CommandResult } from '@/server/core/commands/command'
import { AppError } from '@/server/core/app-error'
import type { HostObservation } from '@/server/core/host/observation'
import { parseHostRead } from '@/server/core/parse/host-read'
import { readHostCommand } from '@/server/core/parse/read-script'
import { splitSections } from '@/server/core/parse/sections'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { RunOptions } from '@/server/effects/ssh/host-session'

/** The part of a HostSession that reading needs. */
export interface ReadSession {
  runOrThrow(command: Command, options?: RunOptions): Promise<CommandResult>
}

export interface ObserveOptions {
  readonly clock: Clock
  /** Unguessable and fresh for every reading: 8 to 64 letters, digits and dashes, such as a UUID. */
  readonly nonce: string
  readonly signal?: AbortSignal
}

/** 500 ports with their flows print about 4 MB. */
const MAX_READ_BYTES = 32 * 1024 * 1024

export async function observeHost(session: ReadSession, hostId: string, options: ObserveOptions): Promise<HostObservation> {
  const { nonce, clock } = options
  const result = await session.runOrThrow(readHostCommand(nonce), {
    maxOutputBytes: MAX_READ_BYTES,
    whenTooLarge: 'fail',
    ...(options.signal ? { signal: options.signal } : {}),
  })
  assertComplete(result, nonce)
  return parseHostRead({ hostId, observedAt: isoNow(clock), durationMs: result.durationMs, nonce, text: result.stdout })
}

function assertComplete(result: CommandResult, nonce: string): void {
  if (result.isTruncated) {
    throw new AppError('output_too_large', 'The host printed more than a reading may hold.', { host: result.host })
  }
  if (!splitSections(result.stdout, nonce).isComplete) {
    throw new AppError('parse_failed', 'The reading of the host ended early.', { host: result.host, stderr: result.stderr })
  }
}
