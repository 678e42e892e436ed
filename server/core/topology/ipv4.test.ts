import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doCidrsOverlap, makeCidr, parseCidr, parseIpv4, renderIpv4, suggestCidr } from './ipv4'

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const cidr = fc.tuple(address, fc.integer({ min: 1, max: 32 })).map(([value, prefix]) => makeCidr(value, prefix))

describe('addresses', () => {
  it.each([
    ['10.0.0.1', 167772161],
    ['255.255.255.255', 4294967295],
    ['0.0.0.0', 0],
    ['010.0.0.1', null],
    ['10.0.0', null],
    ['10.0.0.256', null],
    ['0x0a.0.0.1', null],
    [' 10.0.0.1', null],
    ['10.0.0.1\n', null],
    ['::1', null],
    ['', null],
  ])('%j is %s', (text, value) => expect(parseIpv4(text)).toBe(value))

  it('are what they print', () => {
    fc.assert(fc.property(address, (value) => parseIpv4(renderIpv4(value)) === value))
  })
})

describe('CIDRs', () => {
  it.each(['10.0.0.5/24', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/024', '10.0.0.0/24/1', 'x/24', '10.0.0.0/-1', ''])('%j is none', (text) =>
    expect(parseCidr(text)).toBeNull(),
  )
  it('suggests the subnet of an address', () => expect(suggestCidr('10.0.0.5/24')).toBe('10.0.0.0/24'))
  it.each([
    ['10.0.0.0/30', '10.0.0.1', '10.0.0.2'],
    ['10.0.0.0/31', '10.0.0.0', '10.0.0.1'],
    ['10.0.0.7/32', '10.0.0.7', '10.0.0.7'],
    ['128.0.0.0/1', '128.0.0.1', '255.255.255.254'],
  ])('%s is usable from %s to %s', (text, first, last) => {
    const { usable } = parseCidr(text)!
    expect([renderIpv4(usable.first), renderIpv4(usable.last)]).toEqual([first, last])
  })

  it('overlap each other or not, from both sides', () => {
    fc.assert(fc.property(cidr, cidr, (a, b) => doCidrsOverlap(a, b) === doCidrsOverlap(b, a)))
  })
  it('overlap exactly when one holds the other', () => {
    const holds = (a: ReturnType<typeof makeCidr>, b: ReturnType<typeof makeCidr>) => a.network <= b.network && b.broadcast <= a.broadcast
    fc.assert(fc.property(cidr, cidr, (a, b) => doCidrsOverlap(a, b) === (holds(a, b) || holds(b, a))))
  })
})
