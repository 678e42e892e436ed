// Whether the console gets into a host, as a status that tells the operator where to turn: the wire, the key, the login,
// sudo, or what the host answered. Pure: from the outcome of the last attempt.

import { isAppError, type AppErrorCode } from '../app-error'

/** `unknown` until the first read after a start. */
export type HostHealthStatus = 'unknown' | 'reachable' | 'unreachable' | 'untrusted' | 'login_refused' | 'sudo_refused' | 'unreadable'

/** Whether the console reaches a host, and what keeps it from that. */
export interface HostHealth {
  readonly status: HostHealthStatus
  /** Why it cannot be read: what the error of the last attempt said. */
  readonly said: string | null
  /** When the last reading that succeeded was taken; may be older than `status`. */
  readonly observedAt: string | null
  /** With `sudo_refused`, when a line for sudoers would help: that line. */
  readonly sudoersLine: string | null
}

/** Any other failure came after the login: the host was entered and could not be read. */
const STATUS_OF: { readonly [C in AppErrorCode]?: HostHealthStatus } = {
  host_unreachable: 'unreachable',
  command_timed_out: 'unreachable',
  host_key_unknown: 'untrusted',
  host_key_changed: 'untrusted',
  authentication_failed: 'login_refused',
  sudo_refused: 'sudo_refused',
}

export const reachableHealth = (observedAt: string): HostHealth => ({ status: 'reachable', said: null, observedAt, sudoersLine: null })

export const unknownHealth = (observedAt: string | null): HostHealth => ({ status: 'unknown', said: null, observedAt, sudoersLine: null })

/** After an attempt that failed; `observedAt` is of the last one that did not. */
export function failedHealth(error: unknown, observedAt: string | null): HostHealth {
  const said = error instanceof Error ? error.message : String(error)
  if (!isAppError(error)) return { status: 'unreadable', said, observedAt, sudoersLine: null }
  const { sudoersLine } = error.context
  const status = STATUS_OF[error.code] ?? 'unreadable'
  return { status, said, observedAt, sudoersLine: typeof sudoersLine === 'string' ? sudoersLine : null }
}

/** The console tried and did not get a reading: what it shows of the host is old. */
export const isTroubled = ({ status }: HostHealth): boolean => status !== 'reachable' && status !== 'unknown'
