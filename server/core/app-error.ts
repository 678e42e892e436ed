// The one error type that crosses room borders. Expected failures inside the core are values; this is what effects and
// the conductor throw, and what the API turns into a code, a sentence and a field.

/** What went wrong, as a machine-readable code. The table below answers how each is treated. */
export type AppErrorCode =
  | 'invalid_input' // a value breaks a rule; `field` names it
  | 'conflict' // the rule involves other objects; `objects` names them
  | 'not_found'
  | 'no_longer_kept' // a record that was removed to make room
  | 'host_unreachable' // no TCP connection or no SSH banner
  | 'host_key_unknown' // no pinned key yet; context.fingerprint holds what the host showed
  | 'host_key_changed' // the pinned key differs: refuse, never continue
  | 'authentication_failed'
  | 'sudo_refused'
  | 'command_failed'
  | 'command_timed_out'
  | 'cancelled'
  | 'output_too_large'
  | 'parse_failed'
  | 'plan_blocked'
  | 'plan_stale' // the design or the host changed between preview and apply
  | 'busy' // another run holds the host
  | 'too_large' // a request of more bytes than any input has
  | 'disk_full' // of the console's own machine
  | 'foreign_page' // a browser sent it, but no page of this console
  | 'forbidden' // whoever asks lacks the right; the message names it
  | 'internal'

interface CodeTraits {
  readonly isRetryable: boolean
  /** Shown to the operator as is; otherwise only a reference is shown and the chain is logged. */
  readonly isUserFacing: boolean
  readonly httpStatus: number
}

export const errorTraits: Record<AppErrorCode, CodeTraits> = {
  invalid_input: { isRetryable: false, isUserFacing: true, httpStatus: 400 },
  conflict: { isRetryable: false, isUserFacing: true, httpStatus: 409 },
  not_found: { isRetryable: false, isUserFacing: true, httpStatus: 404 },
  no_longer_kept: { isRetryable: false, isUserFacing: true, httpStatus: 404 },
  host_unreachable: { isRetryable: true, isUserFacing: true, httpStatus: 502 },
  host_key_unknown: { isRetryable: false, isUserFacing: true, httpStatus: 412 },
  host_key_changed: { isRetryable: false, isUserFacing: true, httpStatus: 412 },
  authentication_failed: { isRetryable: false, isUserFacing: true, httpStatus: 502 },
  sudo_refused: { isRetryable: false, isUserFacing: true, httpStatus: 502 },
  command_failed: { isRetryable: false, isUserFacing: true, httpStatus: 502 },
  command_timed_out: { isRetryable: true, isUserFacing: true, httpStatus: 504 },
  cancelled: { isRetryable: true, isUserFacing: true, httpStatus: 499 },
  output_too_large: { isRetryable: false, isUserFacing: true, httpStatus: 502 },
  parse_failed: { isRetryable: false, isUserFacing: true, httpStatus: 502 },
  plan_blocked: { isRetryable: false, isUserFacing: true, httpStatus: 409 },
  plan_stale: { isRetryable: true, isUserFacing: true, httpStatus: 409 },
  busy: { isRetryable: true, isUserFacing: true, httpStatus: 409 },
  too_large: { isRetryable: false, isUserFacing: true, httpStatus: 413 },
  disk_full: { isRetryable: true, isUserFacing: true, httpStatus: 503 },
  foreign_page: { isRetryable: false, isUserFacing: true, httpStatus: 403 },
  forbidden: { isRetryable: false, isUserFacing: true, httpStatus: 403 },
  internal: { isRetryable: false, isUserFacing: false, httpStatus: 500 },
}

export interface AppErrorContext {
  /** The input field the message belongs to, as a dotted path. */
  readonly field?: string
  /** The rule's short name, so that tests and docs can refer to it. */
  readonly rule?: string
  /** Names of the objects in conflict. */
  readonly objects?: readonly string[]
  readonly host?: string
  readonly [key: string]: unknown
}

export class AppError extends Error {
  readonly code: AppErrorCode
  readonly context: AppErrorContext

  constructor(code: AppErrorCode, message: string, context: AppErrorContext = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.code = code
    this.context = context
  }
}

export function isAppError(value: unknown): value is AppError {
  return value instanceof Error && value.name === 'AppError'
}
