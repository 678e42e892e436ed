import { describe, expect, it } from 'vitest'
import type { MatchCount, NearMiss } from '../packet/count-matching'
import type { MismatchField } from '../packet/mismatch'
import { sightingOfCapture, sightingOfPart } from './sighting'

const none: MatchCount = { examined: 0, matched: 0, near: [] }
const near = (...fields: MismatchField[]): NearMiss => ({
  count: 3,
  mismatches: fields.map((field) => ({ field, expected: ['wanted'], seen: `seen ${field}` })),
  sample: { index: 0, shape: {} as NearMiss['sample']['shape'] },
})
const wrongMacs = (requests: Partial<MatchCount>) =>
  sightingOfCapture('hop', { 'arp-request': none, 'arp-reply': none, 'echo-request': { ...none, ...requests }, 'echo-reply': none })
    .wrongMacs

describe('a destination MAC that alone is wrong', () => {
  it.each<[string, Partial<MatchCount>, object]>([
    ['is told', { near: [near('destination-mac')] }, { 'echo-request': 'seen destination-mac' }],
    ['is found behind nearer misses', { near: [near('tag'), near('destination-mac')] }, { 'echo-request': 'seen destination-mac' }],
    ['is no news when others arrive', { matched: 1, near: [near('destination-mac')] }, {}],
    ['is another conversation when the address differs too', { near: [near('destination-mac', 'destination-ip')] }, {}],
    ['is not there when nothing came', {}, {}],
  ])('%s', (_, requests, expected) => expect(wrongMacs(requests)).toEqual(expected))
})

describe('what differs', () => {
  it.each<[string, readonly NearMiss[], readonly MismatchField[] | undefined]>([
    ['a copy of a broadcast for another VTEP', [near('outer-destination')], undefined],
    ['such a copy, beside one in another VNI', [near('outer-destination'), near('vni')], ['vni']],
  ])('%s', (_, misses, fields) => {
    const { differences } = sightingOfCapture('hop', {
      'arp-request': { ...none, near: misses },
      'arp-reply': none,
      'echo-request': { ...none, near: misses },
      'echo-reply': none,
    })
    expect(differences['arp-request']?.map(({ field }) => field)).toEqual(fields)
    // One that is for a single machine has one copy.
    expect(differences['echo-request']?.map(({ field }) => field)).toEqual(['outer-destination'])
  })
})

describe('a capture that did not listen all the time', () => {
  const caught = (count: number) => ({
    'arp-request': none,
    'arp-reply': { ...none, matched: 1 },
    'echo-request': { ...none, matched: count },
    'echo-reply': none,
  })

  it('proves what it has seen, and nothing by its silence', () => {
    expect(sightingOfPart('hop', caught(3), 3).counts).toEqual({
      'arp-request': null,
      'arp-reply': 1,
      'echo-request': 3,
      'echo-reply': null,
    })
    expect(sightingOfPart('hop', caught(2), 3).counts).toMatchObject({ 'echo-request': null })
  })
})
