// The command line of one capture and what tcpdump says about itself. Packets go to stdout as they come (-U), the kernel
// hands them over at once (--immediate-mode), names are never resolved, and tcpdump stays root (-Z root), because the
// namespace's files would be out of reach for the user it drops to. `timeout` is the cap on the host's own side.
//
//   tcpdump: listening on qvo9f9c98cb-13, link-type EN10MB (Ethernet), snapshot length 256 bytes
//   5 packets captured / 6 packets received by filter / 0 packets dropped by kernel

import { type Command, readCommand } from '@/server/core/commands/command'

export interface CaptureLimits {
  readonly packets: number
  readonly bytes: number
  readonly seconds: number
  readonly snapLength: number
}

/** A verification needs a few dozen packets; a capture that reaches these has caught something else. */
export const defaultLimits: CaptureLimits = { packets: 2_000, bytes: 1024 * 1024, seconds: 180, snapLength: 256 }

export interface CapturePlace {
  /** '' is the root namespace. */
  readonly netns: string
  readonly device: string
}

/** Both ways, or only what the device receives (on a tap, what its guest sends) or sends. */
export type CaptureDirection = 'inout' | 'in' | 'out'

/** The console gives up a little later than the host does, so that the host's end is the one that is seen. */
const GRACE_MS = 15_000

export function tcpdumpCommand(
  { netns, device }: CapturePlace,
  filter: string,
  limits: CaptureLimits,
  direction: CaptureDirection = 'inout',
): Command {
  const { packets, seconds, snapLength } = limits
  const prefix = netns === '' ? [] : ['ip', 'netns', 'exec', netns]
  const options = ['-U', '--immediate-mode', '-nn', '-Z', 'root', '-Q', direction, '-s', String(snapLength), '-c', String(packets)]
  // Behind `--` the filter cannot be taken for an option, and it is one argument whatever it contains.
  const argv = [...prefix, 'timeout', '-s', 'INT', String(seconds), 'tcpdump', '-i', device, '-w', '-', ...options, '--', filter]
  return readCommand(argv, { timeoutMs: seconds * 1000 + GRACE_MS, acceptedExitCodes: [0, 124, 130] })
}

export const isListening = (stderr: string): boolean => stderr.includes('listening on ')

export interface TcpdumpSummary {
  readonly receivedByFilter: number | null
  readonly droppedByKernel: number | null
}

export function readSummary(stderr: string): TcpdumpSummary {
  const number = (form: RegExp) => {
    const digits = form.exec(stderr)?.[1]
    return digits === undefined ? null : Number(digits)
  }
  return {
    receivedByFilter: number(/^(\d+) packets? received by filter$/m),
    droppedByKernel: number(/^(\d+) packets? dropped by kernel$/m),
  }
}

/** The line that says why it did not start, without what it says about listening and warnings. */
export function failureText(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !isListening(line) && !/^tcpdump: WARNING/i.test(line))
  return lines[0]?.replace(/^tcpdump: /, '') ?? 'tcpdump ended without a word'
}
