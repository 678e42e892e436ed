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

/** Read as the format's description says (initramfs buffer format), strictly: the magic, hexadecimal fields, everything padded to four bytes. */
function unpackCpio(archive: Buffer): { mode: string; size: number; device: string; path: string; data: string }[] {
  const members = []
  for (let at = 0; ;) {
    expect(archive.toString('latin1', at, at + 6)).toBe('070701')
    const field = (index: number) => Number.parseInt(archive.toString('latin1', at + 6 + 8 * index, at + 14 + 8 * index), 16)
    const [size, nameSize] = [field(6), field(11)]
    const dataAt = Math.ceil((at + 110 + nameSize) / 4) * 4
    const [path, end] = archive.toString('utf8', at + 110, at + 110 + nameSize).split('\0')
    expect(end).toBe('')
    if (path === 'TRAILER!!!') return members
    members.push({
      mode: field(1).toString(8),
      size,
      device: `${field(9)},${field(10)}`,
      path: path!,
      data: archive.toString('utf8', dataAt, dataAt + size),
    })
    at = Math.ceil((dataAt + size) / 4) * 4
  }
}

it('gives everything back to a reader of the format', () => {
  expect(unpackCpio(Buffer.from(packCpio(entries)))).toEqual([
    { mode: '40755', size: 0, device: '0,0', path: 'bin', data: '' },
    { mode: '100755', size: 5, device: '0,0', path: 'bin/sh', data: 'hello' },
    { mode: '120777', size: 12, device: '0,0', path: 'bin/ls', data: '/bin/busybox' },
    { mode: '20600', size: 0, device: '5,1', path: 'console', data: '' },
  ])
})
