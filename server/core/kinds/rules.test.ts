import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { ruleKey, type IpRule } from '../host/ip'
import { parseRules } from '../parse/testing/parse-parts'
import { planned, stateOf } from '../testing/planned'

const netns = 'fip-1'
const namespaces = [{ name: netns, owner: { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } }] as const
const rule = (more: Partial<IpRule> = {}): IpRule => ({ netns, priority: 100, source: 'all', table: '16', ...more })
const state = (...rules: readonly IpRule[]) => stateOf({ namespaces, rules })
const lines = (want: readonly IpRule[], have: readonly IpRule[]) =>
  planned(state(...want), state(...have)).map((line) => line.replace(`${netns}: `, ''))

// As iproute2 6.1 prints them, and the words that make them.
const specimens: readonly (readonly [row: string, words: string])[] = [
  ['{"priority":57481,"src":"10.0.0.5","table":"16"}', 'from 10.0.0.5/32 lookup 16 priority 57481'],
  [
    '{"priority":2852003613,"src":"all","iif":"fpr-1","iif_detached":null,"table":"2852003613"}',
    'from all iif fpr-1 lookup 2852003613 priority 2852003613',
  ],
  [
    '{"priority":100,"not":null,"src":"10.0.0.5","dst":"10.1.0.0","dstlen":16,"fwmark":"0x1","fwmask":"0xff","iif":"rfp","oif":"lo","table":"16"}',
    'not from 10.0.0.5/32 to 10.1.0.0/16 fwmark 0x1/0xff iif rfp oif lo lookup 16 priority 100',
  ],
  ['{"priority":101,"src":"all","fwmark":"0x4000000","table":"16"}', 'from all fwmark 0x4000000 lookup 16 priority 101'],
  ['{"priority":102,"src":"all","iif":"nodev","action":"unreachable"}', 'from all iif nodev unreachable priority 102'],
  ['{"priority":104,"src":"all","table":"main","suppress_prefixlen":0}', 'from all lookup main suppress_prefixlength 0 priority 104'],
]

describe('rules', () => {
  it.each(specimens)('%s comes and goes by the words it was read from', (row, words) => {
    const { value, unparsed } = parseRules(`[${row}]`, netns)
    expect([unparsed, lines(value, []), lines([], value), lines(value, value)]).toEqual([
      [],
      [`rule add ${words}`],
      [`rule del ${words}`],
      [],
    ])
  })

  it('[DIFF-22] of the kernel, of a foreign namespace, and those of which not all was understood stay', () => {
    const foreign = [
      rule({ priority: 0, table: 'local' }),
      rule({ priority: 32766, table: 'main' }),
      rule({ netns: 'other' }),
      rule({ netns: '' }),
      rule({ unmodelled: ['ipproto'] }),
    ]
    expect(isEmptyDiff(diffHost(state(), state(...foreign)))).toBe(true)
  })

  it('[DIFF-23] that may be taken for one that goes, go with it and come again', () => {
    const [general, special] = [rule(), rule({ inputLink: 'rfp-1' })]
    expect(lines([special], [special, general])).toEqual([
      'rule del from all iif rfp-1 lookup 16 priority 100',
      'rule del from all lookup 16 priority 100',
      'rule add from all iif rfp-1 lookup 16 priority 100',
    ])
    expect(lines([general], [special, general])).toEqual(['rule del from all iif rfp-1 lookup 16 priority 100'])
  })

  /** What a command leaves alone; as fib_nl_delrule does: the first rule that has all that is said. */
  const run = (rules: readonly string[], line: string): string[] => {
    const [, verb, words = ''] = /^rule (add|del) (.*)$/.exec(line) ?? []
    if (verb === 'add') return rules.includes(words) ? ['File exists'] : [...rules, words]
    const parts = (text: string) => text.split(/ (?=to|fwmark|iif|oif|lookup|priority)/)
    const found = rules.findIndex((each) => parts(words).every((part) => part === 'from all' || parts(each).includes(part)))
    return found < 0 ? ['No such rule'] : rules.toSpliced(found, 1)
  }
  const some = fc
    .record({
      source: fc.constantFrom('all', '10.0.0.0/8', '10.0.0.5/32'),
      inputLink: fc.constantFrom(undefined, 'a', 'b'),
      destination: fc.constantFrom(undefined, '10.1.0.0/16'),
      table: fc.constantFrom('16', '17'),
      priority: fc.constantFrom(100, 101),
    })
    .map((each) => rule(JSON.parse(JSON.stringify(each))))
  const sets = fc.uniqueArray(some, { selector: ruleKey, maxLength: 6 })

  it('[DIFF-23] a plan leads to what is wanted and its way back to what there was, whatever the order in which they were read', () => {
    fc.assert(
      fc.property(sets, sets, (want, have) => {
        const words = (rules: readonly IpRule[]) => lines(rules, []).map((line) => line.replace('rule add ', ''))
        const after = lines(want, have).reduce(run, words(have))
        expect(new Set(after)).toEqual(new Set(words(want)))
        expect(new Set(lines(have, want).reduce(run, after))).toEqual(new Set(words(have)))
      }),
    )
  })
})
