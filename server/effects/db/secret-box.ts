// Secrets at rest: AES-256-GCM with a key kept beside the database in a file that only its owner may read. This keeps
// secrets out of backups and copies of the database; who can read the data directory as its owner can read them.
// A sealed text is bound to a name (the host's id): moved to another row it does not open.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@/server/core/app-error'
import { isDiskFull } from './disk-full'

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
/** NIST SP 800-38D: 96 bits. */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const OWNER_ONLY = 0o600

export interface SecretBox {
  /** Where nothing is sealed yet, an empty key is no loss: it is made anew. A full disk left such keys. */
  prepare(isUnused: () => Promise<boolean>): Promise<void>
  seal(plain: string, boundTo: string): string
  open(sealed: string, boundTo: string): string
}

export function openSecretBox(dataDirectory: string): SecretBox {
  let key: Buffer | null = null
  const loadKey = () => (key ??= ensureKey(dataDirectory))
  return {
    prepare: async (isUnused) => {
      if (key === null && isEmptyKey(dataDirectory) && (await isUnused())) rmSync(keyPath(dataDirectory), { force: true })
    },
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
    throw new AppError(
      'authentication_failed',
      'The stored secret cannot be opened: secret.key in the data directory is not the one it was sealed with. Enter the secret again.',
      {},
      error,
    )
  }
}

const keyPath = (dataDirectory: string): string => join(dataDirectory, 'secret.key')
const isEmptyKey = (dataDirectory: string): boolean => statSync(keyPath(dataDirectory), { throwIfNoEntry: false })?.size === 0

function ensureKey(dataDirectory: string): Buffer {
  const path = keyPath(dataDirectory)
  if (!existsSync(path)) createKey(dataDirectory, path)
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new AppError(
      'authentication_failed',
      'secret.key in the data directory can be read by others on this machine. Take that right away (chmod 600) and enter the secrets of the hosts again.',
    )
  }
  const key = Buffer.from(readFileSync(path, 'utf8'), 'base64')
  if (key.length === KEY_BYTES) return key
  throw new AppError(
    'authentication_failed',
    'secret.key in the data directory is damaged. Restore it, or remove it and enter the secrets of the hosts again.',
  )
}

/**
 * Under a name of its own until it is whole and on the disk: half a key would lock every host out for good. `link` refuses a name that
 * is taken, so of two processes that start together one makes the key and the other reads it.
 */
function createKey(dataDirectory: string, path: string): void {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  try {
    writeThrough(draft, randomBytes(KEY_BYTES).toString('base64'))
    linkSync(draft, path)
  } catch (error) {
    if (isDiskFull(error))
      throw new AppError(
        'disk_full',
        `The key that secrets are sealed with could not be written: the disk of ${dataDirectory} is full. Nothing was stored.`,
        {},
        error,
      )
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true, recursive: true })
  }
}

function writeThrough(path: string, text: string): void {
  const file = openSync(path, 'w', OWNER_ONLY)
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
