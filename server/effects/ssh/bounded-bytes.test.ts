import { describe, expect, it } from 'vitest'
import { BoundedBytes } from './bounded-bytes'

describe('BoundedBytes', () => {
  it.each([
    ['keeps what fits', 10, ['abc', 'def'], 'abcdef', false],
    ['fits exactly', 6, ['abc', 'def'], 'abcdef', false],
    ['cuts the piece that overflows', 4, ['abc', 'def', 'ghi'], 'abcd', true],
    ['leaves out a character that was cut in two', 3, ['aäö'], 'aä', true],
    ['leaves out the half of it', 2, ['aäö'], 'a', true],
    ['keeps a byte order mark', 9, ['\ufeffx'], '\ufeffx', false],
    ['keeps nothing at a bound of 0', 0, ['x'], '', true],
  ])('%s', (_, max, pieces, text, isTruncated) => {
    const bytes = new BoundedBytes(max)
    for (const piece of pieces) bytes.push(Buffer.from(piece))
    expect([bytes.text(), bytes.isTruncated]).toEqual([text, isTruncated])
    expect(bytes.total).toBe(Buffer.byteLength(pieces.join('')))
  })

  it('joins a character that came in two pieces', () => {
    const bytes = new BoundedBytes(10)
    bytes.push(Buffer.from([0xc3]))
    bytes.push(Buffer.from([0xa4]))
    expect(bytes.text()).toBe('ä')
  })
})
