import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import type { Ipset } from '../host/ipset'
import { unknownPartOf } from '../host/unknown-parts'
import { parseIpsetSave, toIpset } from '../parse/net/ipset'
import { keepForeign } from '../plan/kept'
import { plannedLines, stateOf } from '../testing/planned'

const set = (name: string, entries: readonly string[], more: Partial<Ipset> = {}): Ipset => ({
  netns: '',
  name: `tapline-${name}`,
  type: 'hash:net',
  addressFamily: 'inet',
  entries,
  ...more,
})
const state = (...ipsets: readonly Ipset[]) => stateOf({ ipsets })
const lines = (want: HostState, have: HostState) =>
  plannedLines(want, have)
    .filter(({ program }) => program === 'ipset')
    .map(({ netns, line }) => `${netns === '' ? '' : `${netns}: `}${line}`)

const saved = `create tapline-a hash:net family inet hashsize 1024 maxelem 10 bucketsize 12 initval 0x42d39954
add tapline-a 10.0.0.5
add tapline-a 10.1.0.0/16
create tapline-i hash:net,iface family inet6 hashsize 64 maxelem 65536 timeout 0
add tapline-i 2001:db8::5,eth0 nomatch
`

describe('sets of addresses', () => {
  it('are read with what they were asked for, without what the kernel chose', () => {
    expect(parseIpsetSave(saved).value.map((each) => toIpset(each, 'q'))).toEqual([
      set('a', ['10.0.0.5', '10.1.0.0/16'], { netns: 'q', maxElements: 10 }),
      set('i', ['2001:db8::5,eth0 nomatch'], {
        netns: 'q',
        type: 'hash:net,iface',
        addressFamily: 'inet6',
        maxElements: 65_536,
        unmodelled: ['timeout', '0'],
      }),
    ])
  })

  it('new ones are filled under another name and swapped in', () => {
    expect(lines(state(set('a', ['10.0.0.5/32', '10.1.0.0/16'], { maxElements: 10 })), emptyHostState)).toEqual([
      'create tapline-a-n hash:net family inet maxelem 10',
      'flush tapline-a-n',
      'add tapline-a-n 10.0.0.5',
      'add tapline-a-n 10.1.0.0/16',
      'create tapline-a hash:net family inet maxelem 10',
      'swap tapline-a-n tapline-a',
      'destroy tapline-a-n',
    ])
  })

  it.each<[string, Ipset, Ipset, readonly string[]]>([
    [
      'members come before others go',
      set('a', ['10.0.0.1', '10.0.0.2']),
      set('a', ['10.0.0.2', '10.0.0.3']),
      ['add tapline-a 10.0.0.1', 'del tapline-a 10.0.0.3'],
    ],
    ['a host and its prefix are one', set('a', ['10.0.0.1/32', '2001:db8::5/128,eth0']), set('a', ['2001:db8::5,eth0', '10.0.0.1']), []],
    [
      'another type cannot be swapped in',
      set('a', ['10.0.0.1'], { type: 'hash:ip' }),
      set('a', []),
      ['destroy tapline-a', 'create tapline-a hash:ip family inet', 'flush tapline-a', 'add tapline-a 10.0.0.1'],
    ],
    [
      'another limit is swapped in',
      set('a', [], { maxElements: 5 }),
      set('a', [], { maxElements: 4 }),
      ['create tapline-a-n hash:net family inet maxelem 5', 'flush tapline-a-n', 'swap tapline-a-n tapline-a', 'destroy tapline-a-n'],
    ],
  ])('%s', (_, want, have, wanted) => {
    expect(lines(state(want), state(have))).toEqual(wanted)
    expect(isEmptyDiff(diffHost(state(want), state(have)))).toBe(wanted.length === 0)
  })

  it('what a plan prints of members has a bound', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `10.0.${index >> 8}.${index & 255}`)
    expect(diffHost(state(set('a', many)), state(set('a', []))).ipsets.changed[0]!.fields[0]!.to).toMatch(
      /^10\.0\.0\.0, .*, 10\.0\.0\.19 and 4980 more$/,
    )
  })

  it('[PLAN-38] inside a namespace the batch before says that there are some; the set is there before the rule and goes after it', () => {
    const namespaces = [{ name: 'qrouter-1', owner: { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } as const }]
    const chain = {
      netns: 'qrouter-1',
      family: 'ipv4',
      table: 'filter',
      chain: 'tapline-x',
      policy: null,
      rules: ['-m set --match-set tapline-a src -j ACCEPT'],
    } as const
    const wanted = stateOf({ namespaces, ipsets: [set('a', [], { netns: 'qrouter-1' })], iptables: [chain] })
    const order = (want: HostState, have: HostState) =>
      plannedLines(want, have)
        .map(({ line }) => line)
        .filter((line) => /group|swap|^-A|^-X|destroy tapline-a$/.test(line))
    expect(order(wanted, stateOf({ namespaces }))).toEqual([
      'link set dev lo group 29793',
      'swap tapline-a-n tapline-a',
      '-A tapline-x -m set --match-set tapline-a src -j ACCEPT',
    ])
    expect(order(stateOf({ namespaces }), wanted)).toEqual(['-X tapline-x', 'destroy tapline-a'])
    expect(order(emptyHostState, wanted)).toEqual([])
  })

  it('[DIFF-4] of others stay', () => {
    expect(lines(emptyHostState, state({ ...set('a', []), name: 'NIPv4a' }))).toEqual([])
  })

  it('[PLAN-7] one that a foreign rule looks into stays, and the plan says by which', () => {
    const observed = stateOf({
      ipsets: [set('a', [])],
      iptables: [
        {
          netns: '',
          family: 'ipv4',
          table: 'filter',
          chain: 'INPUT',
          policy: 'ACCEPT',
          rules: ['-m set --match-set tapline-a src -j DROP'],
        },
      ],
    })
    const { diff, kept } = keepForeign(diffHost(emptyHostState, observed), observed)
    expect([diff.ipsets.removed, kept.map(({ code, subject }) => [code, subject.id])]).toEqual([[], [['set-kept', '/tapline-a']]])
  })

  it('[PLAN-25] are not known where their namespace was not read, or had more than a reading holds', () => {
    const part = (section: string) =>
      unknownPartOf({ unparsed: [{ section, text: '', reason: quote('') }] }, 'ipsets', { netns: 'q' })?.section
    expect([part('ipset q'), part('ip q'), part('ipset')]).toEqual(['ipset q', 'ip q', undefined])
  })

  /** Sets as `ipset restore -exist` leaves them: it refuses what the kernel refuses. */
  function run(sets: Map<string, { readonly create: string; readonly entries: Set<string> }>, line: string): typeof sets {
    const [verb = '', name = '', ...rest] = line.split(' ')
    const text = rest.join(' ')
    const found = sets.get(name)
    if (verb === 'create') {
      expect(found === undefined || found.create === text, line).toBe(true)
      return new Map([...sets, [name, found ?? { create: text, entries: new Set() }]])
    }
    if (verb === 'destroy') return new Map([...sets].filter(([other]) => other !== name))
    expect(found, line).toBeDefined()
    const entries = new Set(verb === 'flush' ? [] : found!.entries)
    if (verb === 'swap') return new Map([...sets, [name, sets.get(text)!], [text, found!]])
    // A member is what stands before its options.
    if (verb === 'add' || verb === 'del') for (const entry of entries) if (entry.split(' ')[0] === rest[0]) entries.delete(entry)
    if (verb === 'add') entries.add(text)
    return new Map([...sets, [name, { ...found!, entries }]])
  }
  const entries = fc.uniqueArray(fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.0/24', '10.0.0.0/24 nomatch', '10.1.0.0/16'), {
    selector: (entry) => entry.split(' ')[0],
    maxLength: 4,
  })
  const some = fc
    .record({ name: fc.constantFrom('a', 'b'), entries, type: fc.constantFrom('hash:net', 'hash:ip'), maxElements: fc.constantFrom(4, 5) })
    .map(({ name, entries: members, type, maxElements }) => set(name, members, { type, maxElements }))
  const sets = fc.uniqueArray(some, { selector: ({ name }) => name })

  it('a plan leads to what is wanted and its way back to what there was; then nothing is to do', () => {
    const built = (...ipsets: readonly Ipset[]) =>
      new Map(
        ipsets.map(({ name, type, maxElements, entries: members }) => [
          name,
          { create: `${type} family inet maxelem ${maxElements}`, entries: new Set(members) },
        ]),
      )
    const sorted = (from: ReadonlyMap<string, { readonly create: string; readonly entries: ReadonlySet<string> }>) =>
      [...from].map(([name, { create, entries: members }]) => [name, create, [...members].sort()]).sort()
    fc.assert(
      fc.property(sets, sets, (want, have) => {
        const after = lines(state(...want), state(...have)).reduce(run, built(...have))
        expect(sorted(after)).toEqual(sorted(built(...want)))
        expect(sorted(lines(state(...have), state(...want)).reduce(run, after))).toEqual(sorted(built(...have)))
      }),
    )
  })
})
