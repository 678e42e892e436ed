import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSecretBox } from './secret-box'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapline-box-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('opens what it sealed, also after a restart', () => {
  const box = openSecretBox(directory)
  const later = openSecretBox(directory)
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (plain) => later.open(box.seal(plain, 'a'), 'a') === plain))
})

it('never seals the same way twice', () => {
  const box = openSecretBox(directory)
  expect(box.seal('x', 'a')).not.toBe(box.seal('x', 'a'))
})

it('opens nothing that was moved, changed, cut, or sealed with another key', () => {
  const box = openSecretBox(directory)
  const sealed = box.seal('secret', 'a')
  expect(() => box.open(sealed, 'b')).toThrow('cannot be opened')
  expect(() => box.open(`${sealed.slice(0, -4)}AAAA`, 'a')).toThrow('cannot be opened')
  expect(() => box.open(sealed.slice(0, 12), 'a')).toThrow('cannot be opened')
  rmSync(join(directory, 'secret.key'))
  expect(() => openSecretBox(directory).open(sealed, 'a')).toThrow('cannot be opened')
})

it('refuses a key that others may read, and a damaged one', () => {
  openSecretBox(directory).seal('x', 'a')
  chmodSync(join(directory, 'secret.key'), 0o644)
  expect(() => openSecretBox(directory).seal('x', 'a')).toThrow('can be read by others')
  writeFileSync(join(directory, 'secret.key'), 'short')
  chmodSync(join(directory, 'secret.key'), 0o600)
  expect(() => openSecretBox(directory).seal('x', 'a')).toThrow('damaged')
})

it('makes an empty key anew where nothing is sealed with it, and only there', async () => {
  const path = join(directory, 'secret.key')
  writeFileSync(path, '', { mode: 0o600 })
  const box = openSecretBox(directory)
  await box.prepare(() => Promise.resolve(false))
  expect(() => box.seal('x', 'a')).toThrow('damaged')
  await box.prepare(() => Promise.resolve(true))
  const sealed = box.seal('x', 'a')
  await openSecretBox(directory).prepare(() => Promise.resolve(true))
  expect(openSecretBox(directory).open(sealed, 'a')).toBe('x')
  expect(readdirSync(directory)).toEqual(['secret.key'])
})

it('a key that cannot be written leaves nothing behind', () => {
  mkdirSync(join(directory, `secret.key.${process.pid}`))
  expect(() => openSecretBox(directory).seal('x', 'a')).toThrow()
  expect(existsSync(join(directory, 'secret.key'))).toBe(false)
})
