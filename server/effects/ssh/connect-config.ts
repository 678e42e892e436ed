// HostAccess -> the configuration of one ssh2 connection. Exactly one way of logging in is offered, the one the operator
// chose: trying others behind it would count as failed logins on the host and blur the error.

import ssh2 from 'ssh2'
import { AppError } from '@/server/core/app-error'
import type { HostAccess, HostAuth } from './host-access'
import { HOST_KEY_ALGORITHMS } from './host-key'

/** Milliseconds. */
export interface ConnectTimes {
  /** From the first packet to the finished login. */
  readonly readyTimeoutMs: number
  /** A silent connection is asked for a sign of life this often … */
  readonly keepaliveIntervalMs: number
  /** … and given up when this many questions in a row stay unanswered. */
  readonly keepaliveMaxMissed: number
  /** Pause between two signals to a process that is to end, and after the last. */
  readonly endPatienceMs: number
}

/** Gives up a dead host after 30 to 40 s: longer than a spanning-tree reconvergence, shorter than an operator's patience. */
export const DEFAULT_CONNECT_TIMES: ConnectTimes = {
  readyTimeoutMs: 10_000,
  keepaliveIntervalMs: 10_000,
  keepaliveMaxMissed: 3,
  endPatienceMs: 2_000,
}

/** Throws invalid_input when the access cannot work, e.g. a private key that cannot be read. */
export function toConnectConfig(access: HostAccess, times: ConnectTimes, hostVerifier: ssh2.SyncHostVerifier): ssh2.ConnectConfig {
  return {
    host: access.address,
    port: access.port,
    username: access.user,
    readyTimeout: times.readyTimeoutMs,
    keepaliveInterval: times.keepaliveIntervalMs,
    keepaliveCountMax: times.keepaliveMaxMissed,
    algorithms: { serverHostKey: HOST_KEY_ALGORITHMS },
    hostVerifier,
    ...toAuthConfig(access.auth),
  }
}

function toAuthConfig(auth: HostAuth): ssh2.ConnectConfig {
  switch (auth.kind) {
    case 'key':
      return { privateKey: readableKey(auth), passphrase: auth.passphrase, authHandler: ['publickey'] }
    case 'agent':
      return { agent: agentSocket(auth), authHandler: ['agent'] }
    case 'password':
      // Many servers ask for the password as a keyboard-interactive question only (PAM); see answerPassword.
      return { password: auth.password, tryKeyboard: true, authHandler: ['password', 'keyboard-interactive'] }
  }
}

/**
 * Checks the key here, because the library's own message for a bad key would not tell a wrong passphrase from a wrong
 * format. No cause is attached: nothing that has touched key material goes into an error.
 */
export function readableKey(auth: Pick<Extract<HostAuth, { kind: 'key' }>, 'privateKey' | 'passphrase'>): string {
  const parsed = ssh2.utils.parseKey(auth.privateKey, auth.passphrase)
  if (parsed instanceof Error) throw keyFault(parsed.message, auth.passphrase !== undefined && auth.passphrase !== '')
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  if (key?.isPrivateKey()) return auth.privateKey
  throw new AppError('invalid_input', 'This is a public key; the private key is needed to log in.', { field: 'auth.privateKey' })
}

function keyFault(message: string, hasPassphrase: boolean): AppError {
  if (/no passphrase given/i.test(message)) {
    return new AppError('invalid_input', 'The private key is encrypted; give its passphrase.', { field: 'auth.passphrase' })
  }
  if (hasPassphrase && /passphrase|decrypt|integrity|malformed/i.test(message)) {
    return new AppError('invalid_input', 'The passphrase does not open this private key.', { field: 'auth.passphrase' })
  }
  const advice = 'Give it in OpenSSH or PEM form, complete from the BEGIN line to the END line.'
  return new AppError('invalid_input', `The private key cannot be read. ${advice}`, { field: 'auth.privateKey' })
}

function agentSocket(auth: Extract<HostAuth, { kind: 'agent' }>): string {
  const socketPath = auth.socketPath ?? process.env['SSH_AUTH_SOCK'] ?? ''
  if (socketPath !== '') return socketPath
  throw new AppError('invalid_input', 'No SSH agent: give its socket path, or start Tapline with SSH_AUTH_SOCK set.', {
    field: 'auth.socketPath',
  })
}
