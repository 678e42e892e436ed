import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMasked, isCanonicalValue, parseMasked, type ValueFormat } from './values'

const formats: readonly (readonly [ValueFormat, number, string])[] = [
  ['decimal', 3, '0123456789x'],
  ['decimal', 16, '0123456789x/'],
  ['decimal', 64, '0123456789'],
  ['hex', 12, '0123456789abcdefAx'],
  ['hex', 32, '01abcdefx/'],
  ['hex', 128, '01fx'],
  ['mac', 48, '0123456789abcdefF:'],
  ['ipv4', 32, '012345679./'],
  ['ipv6', 128, '01f:.'],
]
const texts = (format: ValueFormat, digits: string): fc.Arbitrary<string> => {
  const any = (maxLength: number) => fc.string({ unit: fc.constantFrom(...digits), minLength: 1, maxLength })
  const joined = (count: number, separator: string, maxLength: number) =>
    fc.array(any(maxLength), { minLength: count - 1, maxLength: count + 1 }).map((parts) => parts.join(separator))
  const shaped = {
    decimal: any(20),
    hex: any(33).map((each) => `0x${each}`),
    mac: joined(6, ':', 2),
    ipv4: joined(4, '.', 3),
    ipv6: joined(8, ':', 4),
  }
  return fc.oneof(shaped[format], any(20))
}

describe('isCanonicalValue', () => {
  it.each(formats)('says it of no text that would be spelled otherwise: %s of %i bits', (format, bits, digits) => {
    fc.assert(
      fc.property(texts(format, digits), (text) => {
        if (!isCanonicalValue(text, format, bits)) return
        const masked = parseMasked(text, format, bits)
        expect(masked.ok && formatMasked(masked.value, format, bits)).toBe(text)
        expect(masked.ok && masked.value.mask).not.toBe(0n)
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['decimal', 16, '0'], ['decimal', 16, '65535'], ['hex', 32, '0x1a'], ['hex', 32, '0x0'], ['hex', 32, '0xffffffff'], ['mac', 48, 'fa:16:3e:00:00:01'], ['ipv4', 32, '10.20.0.255'],
  ] as const)('of %s, %i bits: %s', (format, bits, text) => expect(isCanonicalValue(text, format, bits)).toBe(true)) // prettier-ignore

  it.each([
    ['decimal', 16, '65536'], ['decimal', 16, '007'], ['decimal', 16, '7/0xff'], ['decimal', 64, '9007199254740993'], ['hex', 12, '0x1fff'], ['hex', 32, '0x01'], ['hex', 32, '0x'],
    ['hex', 32, '0xFF'], ['mac', 48, 'fa:16:3e:0:0:1'], ['ipv4', 32, '10.20.0.256'], ['ipv4', 32, '10.20.00.1'], ['ipv4', 32, '10.20.0'], ['ipv4', 32, '10.20.0.1.'], ['ipv4', 32, '10.0.0.0/8'],
  ] as const)('not of %s, %i bits: %s', (format, bits, text) => expect(isCanonicalValue(text, format, bits)).toBe(false)) // prettier-ignore
})
