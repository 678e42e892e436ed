// One capture on one device of one host: starts tcpdump, returns when it really listens, decodes what comes, and ends
// with everything that was buffered. Bounded on both ends: tcpdump counts packets, `timeout` counts seconds, and here
// the bytes are counted. A capture that fails keeps what it has and says why; it never throws after it has started. One that
// did not listen until it was stopped has a problem: its silence proves nothing.

import { setTimeout as delay } from 'node:timers/promises'
import { AppError, isAppError } from '@/server/core/app-error'
import type { CommandResult } from '@/server/core/commands/command'
import { explainCaptureError } from '@/server/core/explain/capture-error'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import { createPcapDecoder } from '@/server/core/packet/pcap-reader'
import type { CommandStream, HostSession } from '@/server/effects/ssh/host-session'
import {
  type CaptureDirection,
  type CaptureLimits,
  type CapturePlace,
  defaultLimits,
  failureText,
  isListening,
  readSummary,
  tcpdumpCommand,
} from './tcpdump'

export interface CaptureRequest {
  readonly place: CapturePlace
  readonly filter: string
  readonly direction?: CaptureDirection
  readonly limits?: Partial<CaptureLimits>
}

interface CaptureOutcome {
  readonly packets: readonly CapturedPacket[]
  /** Why it ended early or lost packets, in a sentence; null when it ran as asked. */
  readonly problem: string | null
}

export interface RunningCapture {
  readonly place: CapturePlace
  /** Asks tcpdump to finish, waits for its buffer and returns what was caught. May be called twice. */
  stop(): Promise<CaptureOutcome>
}

/** Loading tcpdump takes 50 ms; on a host that starts several VMs at once it has taken seconds. */
const LISTEN_TIMEOUT_MS = 40_000
const POLL_MS = 20

/** Rejects when tcpdump does not come to listen: no such device, a filter it does not accept, no tcpdump. */
export async function startCapture(
  session: Pick<HostSession, 'stream'>,
  request: CaptureRequest,
  signal?: AbortSignal,
): Promise<RunningCapture> {
  const limits = { ...defaultLimits, ...request.limits }
  const stream = session.stream(tcpdumpCommand(request.place, request.filter, limits, request.direction), signal ? { signal } : {})
  const capture = new TcpdumpCapture(request.place, stream, limits)
  try {
    await untilListening(stream, request.place)
    return capture
  } catch (error) {
    await capture.stop()
    throw error
  }
}

async function untilListening(stream: CommandStream, { device }: CapturePlace): Promise<void> {
  let ended: { readonly result: CommandResult } | { readonly error: unknown } | null = null
  stream.done.then(
    (result) => (ended = { result }),
    (error: unknown) => (ended = { error }),
  )
  for (let waitedMs = 0; waitedMs < LISTEN_TIMEOUT_MS; waitedMs += POLL_MS) {
    if (isListening(stream.stderr())) return
    if (ended) throw notStarted(ended, stream, device)
    await delay(POLL_MS)
  }
  throw new AppError('command_timed_out', `tcpdump did not start to listen on ${device} within ${LISTEN_TIMEOUT_MS / 1000} s.`)
}

function notStarted(
  ended: { readonly result: CommandResult } | { readonly error: unknown },
  stream: CommandStream,
  device: string,
): AppError {
  if ('error' in ended && isAppError(ended.error)) return ended.error
  const cause = 'error' in ended ? ended.error : undefined
  const context = 'result' in ended ? { host: ended.result.host, argv: ended.result.argv, exitCode: ended.result.exitCode } : {}
  return new AppError('command_failed', `tcpdump could not listen on ${device}: ${failureText(stream.stderr())}`, context, cause)
}

/** Of timeout(1), where it ended the program. */
const TIMED_OUT = 124

class TcpdumpCapture implements RunningCapture {
  readonly #packets: CapturedPacket[] = []
  readonly #reading: Promise<void>
  #problem: string | null = null
  #isStopping = false
  #endedItself = false

  constructor(
    readonly place: CapturePlace,
    private readonly stream: CommandStream,
    private readonly limits: CaptureLimits,
  ) {
    const noteEnd = () => (this.#endedItself = !this.#isStopping)
    // Its time may be up in the moment in which it is stopped.
    stream.done.then(({ exitCode }) => (this.#endedItself = !this.#isStopping || exitCode === TIMED_OUT), noteEnd)
    this.#reading = this.#read().catch((error: unknown) => this.#note(error instanceof Error ? error.message : String(error)))
  }

  async stop(): Promise<CaptureOutcome> {
    this.#isStopping = true
    await this.stream.stop()
    await this.#reading
    this.#checkLimits()
    return { packets: this.#packets, problem: this.#problem }
  }

  async #read(): Promise<void> {
    const decoder = createPcapDecoder()
    let bytes = 0
    for await (const chunk of this.stream.stdout) {
      bytes += chunk.length
      const result = decoder.push(chunk)
      this.#packets.push(...result.packets)
      if (!result.ok) return this.#note(`The capture on ${this.place.device} cannot be read: ${explainCaptureError(result.error)}`)
      // Leaving the loop stops tcpdump.
      if (bytes > this.limits.bytes) return this.#note(`The capture on ${this.place.device} was stopped at ${this.limits.bytes} bytes`)
    }
  }

  #checkLimits(): void {
    const { droppedByKernel } = readSummary(this.stream.stderr())
    if (this.#packets.length >= this.limits.packets)
      this.#note(`The capture on ${this.place.device} was full after ${this.limits.packets} packets`)
    if (droppedByKernel) this.#note(`The kernel dropped ${droppedByKernel} packets of the capture on ${this.place.device}`)
    if (this.#endedItself)
      this.#note(`The capture on ${this.place.device} ended before it was stopped; it may run for ${this.limits.seconds} s`)
  }

  #note(problem: string): void {
    this.#problem ??= problem
  }
}
