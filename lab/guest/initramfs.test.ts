import { expect, it } from 'vitest'
import { directoriesFor, parseLibraries } from './initramfs'

it('finds libraries and the loader in what ldd says', () => {
  const ldd = [
    '\tlinux-vdso.so.1 (0x00007ffd)',
    '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f50)',
    '\t/lib64/ld-linux-x86-64.so.2 (0x00007f51)',
    '',
  ].join('\n')
  expect(parseLibraries(ldd)).toEqual(['/lib/x86_64-linux-gnu/libc.so.6', '/lib64/ld-linux-x86-64.so.2'])
})

it('makes every directory that is needed, parents first', () => {
  const file = { kind: 'file', path: 'usr/local/bin/x', mode: 0o755, data: new Uint8Array() } as const
  const paths = directoriesFor([file, { ...file, path: 'init' }], ['dev', 'usr']).map(({ path }) => path)
  expect(paths).toEqual(['dev', 'usr', 'usr/local', 'usr/local/bin'])
})
