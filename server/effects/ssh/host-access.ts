// How a host is reached and who we are there. Holds secrets: an object of this type is handed to the SSH library and
// to nothing else; errors, logs and results name the host, never the access. Bad values are refused here with the
// field's name, before a socket is opened, so that a form can show the sentence beside its input.

import { isDeepStrictEqual } from 'node:util'
import { AppError } from '@/server/core/app-error'
import type { Command } from '@/server/core/commands/command'

export type HostAuth =
  | { readonly kind: 'key'; readonly privateKey: string; readonly passphrase?: string }
  /** The agent of the user who runs Tapline; SSH_AUTH_SOCK when no path is given. */
  | { readonly kind: 'agent'; readonly socketPath?: string }
  | { readonly kind: 'password'; readonly password: string }

export interface HostAccess {
  readonly hostId: string
  /** The operator's name for the host; messages use it. */
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user: string
  readonly auth: HostAuth
  /** The host key that was accepted, as OpenSSH prints it: `SHA256:` and base64 without padding. Null: none yet. */
  readonly pinnedFingerprint: string | null
  /** Nothing is changed there, whoever asks for it. Absent: it may be. */
  readonly isReadOnly?: boolean
}

/** DNS names end at 253 characters (RFC 1035 2.3.4). */
const MAX_ADDRESS_LENGTH = 253
/** LOGIN_NAME_MAX of Linux is 256 with the closing NUL. Longer names only serve to probe servers. */
const MAX_USER_LENGTH = 255
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029]/u
const BLANK_OR_UNPRINTABLE = /[\s\p{Cc}\p{Cs}]/u

/** Throws invalid_input, naming the field, unless the address, port and user can belong to a host. */
export function assertReachable(access: Pick<HostAccess, 'address' | 'port'>): void {
  const { address, port } = access
  if (address === '' || address.length > MAX_ADDRESS_LENGTH || BLANK_OR_UNPRINTABLE.test(address)) {
    throw refused('address', `A host address has 1 to ${MAX_ADDRESS_LENGTH} characters and no blanks.`)
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw refused('port', 'An SSH port is a whole number from 1 to 65535.')
  }
}

/** As assertReachable, and the user too. */
export function assertUsableAccess(access: HostAccess): void {
  assertReachable(access)
  const { user } = access
  if (user === '' || user.length > MAX_USER_LENGTH || UNPRINTABLE.test(user)) {
    throw refused('user', `A login name has 1 to ${MAX_USER_LENGTH} printable characters.`)
  }
}

/** Throws conflict where the command would change a host that the operator said is only read. What runs inside of guests is theirs. */
export function assertMayRun(
  { name, isReadOnly }: Pick<HostAccess, 'name' | 'isReadOnly'>,
  { isMutating }: Pick<Command, 'isMutating'>,
): void {
  if (!isReadOnly || !isMutating) return
  throw new AppError('conflict', `Host "${name}" is read-only: nothing is changed there.`, { rule: 'host-read-only', objects: [name] })
}

/** Root needs no sudo; everybody else does, and without a password prompt. */
export function needsSudo(access: Pick<HostAccess, 'user'>): boolean {
  return access.user !== 'root'
}

/** Whether a connection made with one serves the other. A new name makes a new connection too: results carry the name. */
export function isSameAccess(a: HostAccess, b: HostAccess): boolean {
  return isDeepStrictEqual(a, b)
}

/** Of the same kind as a refused login, so that the way out is the same: the form under Settings. */
export const accessUnknown = (host = 'this host'): AppError =>
  new AppError(
    'authentication_failed',
    `How ${host} is entered is no longer known. Enter its address, user and key or password again under Settings → Access.`,
    { host },
  )

function refused(field: string, message: string): AppError {
  return new AppError('invalid_input', message, { field })
}
