// Secrets at rest: AES-256-GCM with a key kept beside the database in a file that only its owner may read. This keeps
// secrets out of backups and copies of the database; who can read the data directory as its owner can read them.
// A sealed text is bound to a name (the host's id): moved to another row it does not open.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/server/core/app-error'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
/** NIST SP 800-38D: 96 bits. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const OWNER_ONLY = 0o600

export interface SecretBox {
  seal(plain: string, boundTo: string): string
  open(sealed: string, boundTo: string): string
}

export function openSecretBox(dataDirectory: string): SecretBox {
  let key: Buffer | null = null
  const loadKey = () => (key ??= ensureKey(dataDirectory))
  return {
    seal: (plain, boundTo) => seal(loadKey(), plain, boundTo),
    open: (sealed, boundTo) => unseal(loadKey(), sealed, boundTo),
  }
}

function seal(key: Buffer, plain: string, boundTo: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(boundTo))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

function unseal(key: Buffer, sealed: string, boundTo: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const [tagAt, bodyAt] = [NONCE_BYTES, NONCE_BYTES + TAG_BYTES]
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, tagAt), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes.subarray(tagAt, bodyAt))
    return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]).toString('utf8')
  } catch (error) {
    throw new AppError('authentication_failed', 'The stored secret cannot be opened: secret.key in the data directory is not the one it was sealed with. Enter the secret again.', {}, error)
  }
}

function ensureKey(dataDirectory: string): Buffer {
  const path = join(dataDirectory, 'secret.key')
  if (!existsSync(path)) createKey(dataDirectory, path)
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new AppError('authentication_failed', 'secret.key in the data directory can be read by others on this machine. Take that right away (chmod 600) and enter the secrets of the hosts again.')
  }
  const key = Buffer.from(readFileSync(path, 'utf8'), 'base64')
  if (key.length === KEY_BYTES) return key
  throw new AppError('authentication_failed', 'secret.key in the data directory is damaged. Restore it, or remove it and enter the secrets of the hosts again.')
}

/** `wx`: of two processes that start together one makes the key, the other reads it. */
function createKey(dataDirectory: string, path: string): void {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { mode: OWNER_ONLY, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
