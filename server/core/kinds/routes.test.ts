import { describe, expect, it } from 'vitest'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import type { Route } from '../host/ip'
import { parseRoutes } from '../parse/testing/parse-parts'
import { planned, stateOf } from '../testing/planned'

const netns = 'qdhcp-1'
const namespaces = [{ name: netns, owner: { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } }] as const
const state = (...routes: readonly Route[]) => stateOf({ namespaces, routes })
const lines = (want: readonly Route[], have: readonly Route[]) =>
  planned(state(...want), state(...have)).map((line) => line.replace(`${netns}: `, ''))

describe('routes', () => {
  const route: Route = { netns, table: 'main', destination: '10.68.0.0/16', via: '10.0.0.1', link: 'tap0' }

  it.each<[string, Route, string]>([
    ['a gateway of its own family', route, '10.68.0.0/16 via 10.0.0.1 dev tap0 table main'],
    [
      'a gateway of the other family',
      { ...route, via: 'fe80::1', viaFamily: 'inet6' },
      '10.68.0.0/16 via inet6 fe80::1 dev tap0 table main',
    ],
    ['no gateway', { ...route, via: undefined, table: '16' }, '10.68.0.0/16 dev tap0 table 16'],
    ['a metric', { ...route, metric: 5 }, '10.68.0.0/16 via 10.0.0.1 dev tap0 table main metric 5'],
    ['no device', { netns, table: '2852003613', destination: 'default', type: 'throw' }, 'throw default table 2852003613'],
  ])('%s: goes and comes back by the same words', (_, each, words) => {
    expect(lines([], [each])).toEqual([`route del ${words}`])
    expect(lines([each], [])).toEqual([`route replace ${words}`])
  })

  // As iproute2 6.1 prints them, and the words that make them.
  it.each([
    [
      '{"dst":"10.9.0.0/16","gateway":"1.2.3.4","dev":"rfp","table":"16","protocol":"static","prefsrc":"169.254.64.0","metric":5,"flags":["onlink"]}',
      '10.9.0.0/16 via 1.2.3.4 dev rfp table 16 metric 5 proto static src 169.254.64.0 onlink',
    ],
    ['{"type":"unreachable","dst":"default","metric":4278198272,"flags":[]}', 'unreachable default table main metric 4278198272'],
    ['{"type":"prohibit","dst":"10.8.0.0/16","flags":[]}', 'prohibit 10.8.0.0/16 table main'],
    [
      '{"type":"blackhole","dst":"2001:db8::/32","dev":"lo","metric":1024,"flags":[],"pref":"medium"}',
      'blackhole 2001:db8::/32 table main metric 1024',
    ],
    ['{"dst":"10.5.0.0/16","dev":"rfp","scope":"link","flags":[]}', '10.5.0.0/16 dev rfp table main'],
    ['{"dst":"10.5.0.0/16","dev":"rfp","scope":"host","flags":[]}', '10.5.0.0/16 dev rfp table main scope host'],
  ])('%s comes by the words it was read from, and then nothing is left to do', (row, words) => {
    const { value, unparsed } = parseRoutes(`[${row}]`, netns)
    expect([unparsed, lines(value, []), lines(value, value)]).toEqual([[], [`route replace ${words}`], []])
  })

  it.each<[string, Partial<Route>, Partial<Route>]>([
    ['gateway', { via: '10.0.0.1' }, { via: '10.0.0.2' }],
    ['source', { source: '10.0.0.5' }, {}],
    ['source that is too much', {}, { source: '10.0.0.5' }],
    ['onlink', { isOnlink: true }, {}],
    ['scope', { scope: 'link' }, {}],
    ['protocol', { protocol: 'static' }, {}],
  ])('another %s is a change, both ways round', (_, want, have) => {
    const [one, other] = [
      { ...route, ...want },
      { ...route, ...have },
    ]
    expect([lines([one], [other]).length, lines([one], [one]).length]).toEqual([1, 0])
  })

  it.each<[string, Partial<Route>]>([
    ['type', { type: 'blackhole' }],
    ['metric', { metric: 7 }],
    ['table', { table: '16' }],
  ])('another %s is another route: the one goes, then the other comes', (_, more) => {
    const [gone, come] = lines([{ ...route, ...more }], [route])
    expect([gone, come]).toEqual([expect.stringMatching(/^route del /), expect.stringMatching(/^route replace /)])
  })

  it('of IPv6 has the metric that the kernel gives it, and lo where it leads nowhere', () => {
    const wanted: Route[] = [
      { netns, table: 'main', destination: '2001:db8::/32', link: 'tap0' },
      { netns, table: 'main', destination: '2001:db9::/32', type: 'unreachable' },
    ]
    const rows =
      '[{"dst":"2001:db8::/32","dev":"tap0","metric":1024,"pref":"medium"},{"type":"unreachable","dst":"2001:db9::/32","dev":"lo","metric":1024,"pref":"medium"}]'
    expect(isEmptyDiff(diffHost(state(...wanted), state(...parseRoutes(rows, netns).value)))).toBe(true)
  })

  it.each<[string, Partial<Route>]>([
    ['the kernel', { protocol: 'kernel' }],
    ['a routing daemon', { protocol: 'bird' }],
    ['somebody, with several next hops', { weight: 1 }],
    ['somebody, for some packets only', { unmodelled: ['tos'] }],
    ['somebody in another namespace', { netns: 'other' }],
  ])('[DIFF-22] of %s stays', (_, more) => {
    expect(lines([], [{ ...route, ...more }])).toEqual([])
  })
})
