import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sha1Hex } from './sha1'

it('agrees with the platform for every length around a block', () => {
  const isSame = (text: string): boolean => sha1Hex(text) === createHash('sha1').update(text).digest('hex')
  fc.assert(fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), isSame))
})

// RFC 3174, section 7.3: what is stored on hosts and in plans stays what it was.
it.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '84983e441c3bd26ebaae4aa1f95129e5e54670f1'],
  ['a'.repeat(1_000_000), '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
])('%.20s', (text, hash) => expect(sha1Hex(text)).toBe(hash))
