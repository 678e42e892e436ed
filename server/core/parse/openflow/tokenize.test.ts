import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainUnparsed } from '../../explain/unparsed'
import { tokenize, type Term } from './tokenize'

const terms = (text: string): readonly Term[] => {
  const result = tokenize(text)
  if (!result.ok) throw new Error(explainUnparsed(result.error.reason))
  return result.value
}
const short = (text: string) => terms(text).map(({ key, delimiter, value }) => [key, delimiter, value])

describe('tokenize', () => {
  it.each([
    [
      'priority=2,in_port="a,b" actions=drop',
      [
        ['priority', '=', '2'],
        ['in_port', '=', '"a,b"'],
        ['actions', '=', 'drop'],
      ],
    ],
    [
      'learn(table=20,load:0->X[]),output:1',
      [
        ['learn', '(', 'table=20,load:0->X[]'],
        ['output', ':', '1'],
      ],
    ],
    ['resubmit(,24)', [['resubmit', '(', ',24']]],
    ['NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[]', [['NXM_OF_ETH_DST[]', '=', 'NXM_OF_ETH_SRC[]']]],
    ['check_pkt_larger(1500)->NXM_NX_REG0[0]', [['check_pkt_larger', '(', '1500)->NXM_NX_REG0[0]']]],
    ['set_field:fe80::1->ipv6_src', [['set_field', ':', 'fe80::1->ipv6_src']]],
    [
      'arp, ,ip',
      [
        ['arp', '', ''],
        ['ip', '', ''],
      ],
    ],
    ['"a \\" b"', [['"a \\" b"', '', '']]],
    ['actions=', [['actions', '=', '']]],
    ['', []],
  ])('%s', (text, expected) => expect(short(text)).toEqual(expected))

  it('every span cuts its own text out of the source', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab=:(), "\\['), maxLength: 60 })
    fc.assert(
      fc.property(text, (source) => {
        const result = tokenize(source)
        if (!result.ok) return
        for (const term of result.value) {
          expect(source.slice(term.span.start, term.span.end)).toBe(term.text)
          expect(source.slice(term.keySpan.start, term.keySpan.end)).toBe(term.key)
          expect(source.slice(term.valueSpan.start, term.valueSpan.end)).toBe(term.value)
        }
      }),
    )
  })
})
