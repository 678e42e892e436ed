// Reads one host: one command, one channel, then pure parsing. A reading that was cut short is refused, because a planner
// that takes it for the whole truth would build everything again; text that is merely not understood is kept and shown.

import type { Command, CommandResult } from '@/server/core/commands/command'
import { AppError } from '@/server/core/app-error'
import type { HostObservation } from '@/server/core/host/observation'
import { readSectionsSteps, toObservation, type ReadSections } from '@/server/core/parse/host-read'
import type { HostScope } from '@/server/core/parse/host-part'
import type { FlowMemo } from '@/server/core/parse/openflow/flow-memo'
import { readHostCommand } from '@/server/core/parse/read-script'
import { isWhole } from '@/server/core/parse/sections'
import { isoNow, type Clock } from '@/server/effects/clock'
import type { RunOptions } from '@/server/effects/ssh/host-session'
import { inSlices } from '@/server/effects/in-slices'

/** The part of a HostSession that reading needs. */
export interface ReadSession {
  runOrThrow(command: Command, options?: RunOptions): Promise<CommandResult>
}

export interface ObserveOptions {
  readonly clock: Clock
  /** Unguessable and fresh for every reading: 8 to 64 letters, digits and dashes, such as a UUID. */
  readonly nonce: string
  readonly signal?: AbortSignal
  /** What the last reading of this host left: lines of flows that did not change are not parsed again. */
  readonly flowMemo?: FlowMemo
}

/** 500 ports with their flows print about 4 MB; what one bridge may print is bounded in the read script. */
const MAX_READ_BYTES = 64 * 1024 * 1024

export const observeHost = async (session: ReadSession, hostId: string, options: ObserveOptions): Promise<HostObservation> =>
  toObservation(await readHost(session, hostId, options))

export async function readHost(session: ReadSession, hostId: string, options: ObserveOptions, asked?: HostScope): Promise<ReadSections> {
  const { nonce, clock } = options
  const result = await session.runOrThrow(readHostCommand(nonce, asked), {
    maxOutputBytes: MAX_READ_BYTES,
    whenTooLarge: 'fail',
    ...(options.signal ? { signal: options.signal } : {}),
  })
  assertComplete(result, nonce)
  return inSlices(
    readSectionsSteps({ hostId, observedAt: isoNow(clock), durationMs: result.durationMs, nonce, text: result.stdout }, options.flowMemo),
  )
}

function assertComplete(result: CommandResult, nonce: string): void {
  if (result.isTruncated) {
    throw new AppError('output_too_large', `The host printed more than a reading may hold (${MAX_READ_BYTES / 1024 / 1024} MB).`, {
      host: result.host,
    })
  }
  if (!isWhole(result.stdout, nonce)) {
    throw new AppError('parse_failed', 'The reading of the host ended early.', { host: result.host, stderr: result.stderr })
  }
}
