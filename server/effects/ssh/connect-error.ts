// What the SSH library, the system and the server say when a connection cannot be made -> one AppError with a sentence
// that an operator can act on. The library's own words stay in `cause`; keys, passphrases and passwords are in neither,
// because this file never sees them.

import { AppError, type AppErrorCode, isAppError } from '@/server/core/app-error'
import type { HostAuth } from './host-access'

/** The parts of an access that may be named in a message. `auth` carries the kind alone. */
export interface LoginFacts {
  readonly name: string
  readonly address: string
  readonly port: number
  readonly user?: string
  readonly auth?: { readonly kind: HostAuth['kind'] }
}

interface Explanation {
  readonly code: AppErrorCode
  readonly says: string
}

/** System error codes of the TCP connection, each with what to look at. */
const SOCKET_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: nothing listens on this port. Check that sshd runs and that the port is right.',
  ECONNRESET: "closed the connection before the login. A firewall, or sshd's MaxStartups or penalties, may stand in the way.",
  EHOSTUNREACH: 'cannot be reached: there is no route, or nothing answers at this address on its network.',
  ENETUNREACH: 'cannot be reached: this machine has no route to its network.',
  ENOTFOUND: 'has no address: the name cannot be resolved.',
  EAI_AGAIN: 'has no address at the moment: the name server does not answer.',
  ETIMEDOUT: "did not answer. Check the address, the host's power and the firewalls between.",
  EPIPE: 'closed the connection before the login.',
}

const AUTH_ADVICE: Record<HostAuth['kind'], string> = {
  key: 'refused the key. Check that its public half is in authorized_keys of this user and that the user may log in.',
  agent: 'refused every key that the SSH agent offered. Check "ssh-add -l" and authorized_keys of this user.',
  password: 'refused the password, or does not allow passwords for this user.',
}

/** Turns whatever a connection attempt threw into an AppError; one that already is an AppError passes. */
export function toConnectError(login: LoginFacts, error: unknown, timeoutMs: number): AppError {
  if (isAppError(error)) return error
  const { code, says } = explain(login, error, timeoutMs)
  const endpoint = `${login.user === undefined ? '' : `${login.user}@`}${login.address}:${login.port}`
  const subject = login.name === login.address ? endpoint : `${login.name} (${endpoint})`
  return new AppError(code, `${subject} ${says}`, { host: login.name, address: login.address, port: login.port }, error)
}

function explain(login: LoginFacts, error: unknown, timeoutMs: number): Explanation {
  const { level, code, message } = facts(error)
  const socketError = code === undefined ? undefined : SOCKET_ERRORS[code]
  if (socketError !== undefined) return { code: 'host_unreachable', says: socketError }
  if (level === 'client-authentication' || /too many authentication failures/i.test(message)) {
    return { code: 'authentication_failed', says: AUTH_ADVICE[login.auth?.kind ?? 'key'] }
  }
  if (level === 'agent') {
    return { code: 'authentication_failed', says: 'could not be logged in to: the SSH agent gave no usable key.' }
  }
  if (level === 'client-timeout') {
    return { code: 'host_unreachable', says: `did not complete the SSH handshake within ${timeoutMs / 1000} s.` }
  }
  return { code: 'host_unreachable', says: explainProtocol(message) }
}

function explainProtocol(message: string): string {
  if (/no matching/i.test(message)) return 'offers no SSH algorithm that is still considered safe; its sshd is too old.'
  if (/before handshake|invalid (identification|header)|protocol/i.test(message)) return 'does not speak SSH on this port.'
  return 'closed the connection during the SSH handshake or login.'
}

function facts(error: unknown): { level?: string; code?: string; message: string } {
  if (!(error instanceof Error)) return { message: '' }
  const { level, code } = error as Error & { level?: unknown; code?: unknown }
  return {
    message: error.message,
    ...(typeof level === 'string' && { level }),
    ...(typeof code === 'string' && { code }),
  }
}
