import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { ensureDataDirectory } from './data-directory'
import { openTempStore } from './testing/temp-store'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'tapline-place-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8)

it('makes it for its owner only, whatever the umask says', () => {
  const former = process.umask(0)
  try {
    ensureDataDirectory(join(parent, 'new'))
  } finally {
    process.umask(former)
  }
  expect([modeOf(join(parent, 'new')), modeOf(join(parent, 'new', 'tapline.db'))]).toEqual(['700', '600'])
})

it('closes an empty directory, and one that an earlier version left open, with all that is in it', () => {
  const place = join(parent, 'data')
  mkdirSync(place)
  chmodSync(place, 0o755)
  ensureDataDirectory(place)
  expect(modeOf(place)).toBe('700')

  mkdirSync(join(place, 'captures'))
  for (const name of ['tapline.db', 'tapline.db-wal', 'tapline.db-shm']) {
    writeFileSync(join(place, name), '')
    chmodSync(join(place, name), 0o644)
  }
  chmodSync(join(place, 'captures'), 0o755)
  chmodSync(place, 0o755)
  ensureDataDirectory(place)
  expect(readdirSync(place).map((name) => [name, modeOf(join(place, name))])).toEqual([
    ['captures', '700'],
    ['tapline.db', '600'],
    ['tapline.db-shm', '600'],
    ['tapline.db-wal', '600'],
  ])
  expect(modeOf(place)).toBe('700')
})

it.each([
  ['holds other things', ['letters.txt'], 0o755],
  ['is a place for everybody', ['tapline.db'], 0o1777],
])('refuses an open directory that %s, and leaves it as it is', (_, names, mode) => {
  const place = join(parent, 'shared')
  mkdirSync(place)
  for (const name of names) writeFileSync(join(place, name), '')
  chmodSync(place, mode)
  expect(() => ensureDataDirectory(place)).toThrow(`${place} can be entered by others`)
  expect(modeOf(place)).toBe(mode.toString(8))
})

it('all files of a store that works are the owner’s only', async () => {
  const former = process.umask(0)
  try {
    const temp = await openTempStore()
    const auth = { kind: 'password', password: 'x' }
    await temp.store.hosts.register(
      hostRegistrationInput.parse({ name: 'a', address: '192.0.2.1', port: 22, user: 'root', auth, roles: ['compute'] }),
    )
    const files = readdirSync(temp.dataDirectory).sort()
    expect(files).toEqual(['secret.key', 'tapline.db', 'tapline.db-shm', 'tapline.db-wal'])
    expect(files.map((name) => modeOf(join(temp.dataDirectory, name)))).toEqual(Array(4).fill('600'))
    await temp.remove()
  } finally {
    process.umask(former)
  }
})
