// The host key: what a host shows, what was pinned, and whether they agree. A fingerprint is OpenSSH's own form, so that
// an operator can compare it with `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the host, letter by letter.
// There is no "continue anyway": an unknown key is shown and pinned by a person, a changed key is refused.

import { createHash, timingSafeEqual } from 'node:crypto'
import ssh2 from 'ssh2'
import { AppError } from '@/server/core/app-error'
import { toConnectError } from './connect-error'
import { assertReachable, type HostAccess } from './host-access'

export interface HostKey {
  /** Name inside the key, e.g. `ssh-ed25519`. */
  readonly algorithm: string
  readonly fingerprint: string
}

type PinnedHost = Pick<HostAccess, 'name' | 'address' | 'port' | 'pinnedFingerprint'>

/**
 * Kinds of host key, in the order we ask for them. A host owns several keys and shows the first kind that both sides
 * know, so this order decides which key gets pinned: it must not follow the library's defaults, and changing it makes
 * pinned hosts look changed. `ssh-rsa` and `ssh-dss` sign with SHA-1 and are left out (RFC 9142).
 */
export const HOST_KEY_ALGORITHMS: ssh2.ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
]

/** Reads a public key blob (RFC 4253 6.6: length, algorithm name, key material). */
export function describeHostKey(blob: Buffer): HostKey {
  const length = blob.readUInt32BE(0)
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')
  return { algorithm: blob.toString('latin1', 4, 4 + length), fingerprint: `SHA256:${digest}` }
}

/** The reason to refuse the key that a host shows, or null when it is the pinned one. */
export function refuseHostKey(access: PinnedHost, shown: HostKey): AppError | null {
  const { name, address, port, pinnedFingerprint } = access
  if (pinnedFingerprint === null) return unknownKey(name, `${address}:${port}`, shown)
  if (isSameFingerprint(pinnedFingerprint, shown.fingerprint)) return null
  return changedKey(name, `${address}:${port}`, shown, pinnedFingerprint)
}

/** What the host shows, without logging in: the handshake stops as soon as the key is there. */
export function readHostKey(address: string, port: number, options: { readonly timeoutMs: number }): Promise<HostKey> {
  assertReachable({ address, port })
  const client = new ssh2.Client()
  const shown = new Promise<HostKey>((resolve, reject) => {
    const give = (error: unknown) => reject(toConnectError({ name: address, address, port }, error, options.timeoutMs))
    client.on('error', give)
    client.on('close', () => give(new Error('closed before the host key was shown')))
    client.connect({ ...probeConfig(address, port, options.timeoutMs), hostVerifier: probe(resolve) })
  })
  return shown.finally(() => client.destroy())
}

function probeConfig(address: string, port: number, timeoutMs: number): ssh2.ConnectConfig {
  const algorithms = { serverHostKey: HOST_KEY_ALGORITHMS }
  // The library insists on a name; it is never sent, because the handshake ends before the login.
  return { host: address, port, username: 'tapline', readyTimeout: timeoutMs, algorithms }
}

/** Takes the key and refuses it, which ends the handshake. */
function probe(resolve: (key: HostKey) => void): ssh2.SyncHostVerifier {
  return (blob) => {
    resolve(describeHostKey(blob))
    return false
  }
}

function isSameFingerprint(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function unknownKey(name: string, endpoint: string, shown: HostKey): AppError {
  return new AppError(
    'host_key_unknown',
    `${name} (${endpoint}) shows the ${shown.algorithm} host key ${shown.fingerprint}, which nobody has accepted yet. ` +
      'Compare it with the output of "ssh-keygen -lf" on the host\'s own console, then accept it for this host.',
    { host: name, fingerprint: shown.fingerprint, algorithm: shown.algorithm },
  )
}

function changedKey(name: string, endpoint: string, shown: HostKey, pinned: string): AppError {
  return new AppError(
    'host_key_changed',
    `${name} (${endpoint}) shows the ${shown.algorithm} host key ${shown.fingerprint}, but ${pinned} was accepted for it. ` +
      'Nothing was sent. If the host was installed anew or got new keys, check the fingerprint on its own console and ' +
      'accept the new key; otherwise another machine answers at this address.',
    { host: name, fingerprint: shown.fingerprint, pinnedFingerprint: pinned, algorithm: shown.algorithm },
  )
}
