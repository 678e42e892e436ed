import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readRegularFile } from './read-regular-file'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tapline-file-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('reads a file, and refuses one that is too large', async () => {
  const path = join(directory, 'key')
  writeFileSync(path, 'four')
  expect(await readRegularFile(path, 4)).toBe('four')
  await expect(readRegularFile(path, 3)).rejects.toThrow('more than')
})

it('does not wait for the writer of a pipe, however often it is asked', async () => {
  const path = join(directory, 'pipe')
  execFileSync('mkfifo', [path])
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => readRegularFile(path, 100)))
  expect(asked.map((each) => each.status)).toEqual(Array(8).fill('rejected'))
  expect((await readFile(import.meta.filename, 'utf8')).length).toBeGreaterThan(0)
})

it.each(['/dev/zero', '/'])('%s is none', async (path) => {
  await expect(readRegularFile(path, 100)).rejects.toThrow('no regular file')
})
