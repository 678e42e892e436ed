import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { packCpio, type CpioEntry } from './cpio'

const entries: readonly CpioEntry[] = [
  { kind: 'directory', path: 'bin', mode: 0o755 },
  { kind: 'file', path: 'bin/sh', mode: 0o755, data: Buffer.from('hello') },
  { kind: 'link', path: 'bin/ls', target: '/bin/busybox' },
  { kind: 'device', path: 'console', mode: 0o600, major: 5, minor: 1 },
]

it('writes headers of the newc form, each part padded to four bytes', () => {
  const archive = Buffer.from(packCpio(entries))
  expect(archive.length % 4).toBe(0)
  expect(archive.toString('latin1', 0, 14)).toBe('07070100000001')
  // The second member: 110 bytes of header and "bin\0" are 114, padded to 116.
  expect(archive.toString('latin1', 116, 122)).toBe('070701')
  expect(archive.toString('latin1')).toMatch(/TRAILER!!!\0+$/)
})

it('gives the same bytes for the same entries', () => {
  expect(packCpio(entries)).toEqual(packCpio(entries))
})

const reader = spawnSync('cpio', ['--version']).error === undefined

it.runIf(reader)('is read by cpio', () => {
  const listed = spawnSync('cpio', ['-itv', '--quiet', '--numeric-uid-gid'], { input: packCpio(entries), encoding: 'utf8' })
  expect(listed.stderr).toBe('')
  expect(listed.stdout.trim().split('\n').map((line) => line.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/^drwxr-xr-x .* bin$/),
    expect.stringMatching(/^-rwxr-xr-x .* 5 .* bin\/sh$/),
    expect.stringMatching(/^lrwxrwxrwx .* bin\/ls -> \/bin\/busybox$/),
    expect.stringMatching(/^crw------- .* 5, 1 .* console$/),
  ])
})
