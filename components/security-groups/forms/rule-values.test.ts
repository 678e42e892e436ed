import { describe, expect, it } from 'vitest'

import { numbersOf, serviceName } from './rule-presets'
import { newRule, ruleErrors, toRules, withTraffic, type RuleRow } from './rule-values'

const row = (changes: Partial<RuleRow> = {}): RuleRow => ({ ...newRule(0, 'ingress'), ...changes })
const sent = (changes: Partial<RuleRow>) => toRules([row(changes)])[0]!

it('a new rule lets SSH in from anybody, and everything out', () => {
  const common = { etherType: 'IPv4', remoteIpPrefix: null, remoteGroupId: null, description: '' }
  expect(toRules([newRule(0, 'ingress'), newRule(1, 'egress')])).toEqual([
    { ...common, direction: 'ingress', protocol: 'tcp', portRangeMin: 22, portRangeMax: 22 },
    { ...common, direction: 'egress', protocol: null, portRangeMin: null, portRangeMax: null },
  ])
})

it.each<[string, Partial<RuleRow>, object]>([
  ['a preset, whatever was typed before', { traffic: 'rdp', min: 1, max: 2 }, { protocol: 'tcp', portRangeMin: 3389, portRangeMax: 3389 }],
  ['all of a protocol', { traffic: 'all-udp' }, { protocol: 'udp', portRangeMin: null, portRangeMax: null }],
  ['a ping', { traffic: 'ping' }, { protocol: 'icmp', portRangeMin: 8, portRangeMax: null }],
  ['a ping of IPv6', { traffic: 'ping', etherType: 'IPv6' }, { protocol: 'ipv6-icmp', portRangeMin: 128, portRangeMax: null }],
  ['one port', { traffic: 'tcp', min: 80 }, { portRangeMin: 80, portRangeMax: 80 }],
  ['inverted ports, as they are', { traffic: 'udp', min: 90, max: 80 }, { portRangeMin: 90, portRangeMax: 80 }],
  ['a type without a code', { traffic: 'icmp', min: 3 }, { protocol: 'icmp', portRangeMin: 3, portRangeMax: null }],
  ['another protocol', { traffic: 'other', protocol: ' vrrp ' }, { protocol: 'vrrp', portRangeMin: null, portRangeMax: null }],
  ['addresses', { remote: 'prefix', remoteIpPrefix: ' 10.0.0.0/8 ' }, { remoteIpPrefix: '10.0.0.0/8', remoteGroupId: null }],
  ['a group, whatever was typed before', { remote: 'group:g', remoteIpPrefix: '10.0.0.0/8' }, { remoteIpPrefix: null, remoteGroupId: 'g' }],
])('sends %s', (_, changes, expected) => expect(sent(changes)).toMatchObject(expected))

it.each<[string, Partial<RuleRow>, 'tcp' | 'udp' | 'icmp' | 'other', Partial<RuleRow>]>([
  ['its own numbers', { traffic: 'ssh' }, 'tcp', { min: 22, max: 22 }],
  ['type and no code', { traffic: 'ping' }, 'icmp', { min: 8, max: null }],
  ['none where the protocol is another', { traffic: 'ssh' }, 'udp', { min: null, max: null }],
  ['none for another protocol', { traffic: 'tcp', min: 5, max: 6 }, 'other', { min: null, max: null }],
])('a preset in numbers begins with %s', (_, changes, traffic, expected) =>
  expect(withTraffic(row(changes), traffic)).toMatchObject({ traffic, ...expected }),
)

it.each([
  [{ protocol: 'tcp', min: 22, max: 22 }, 'SSH'],
  [{ protocol: 'tcp', min: 53, max: 53 }, 'DNS'],
  [{ protocol: 'udp', min: 22, max: 22 }, null],
  [{ protocol: 'tcp', min: 22, max: 23 }, null],
  [{ protocol: 'tcp', min: null, max: null }, null],
  [numbersOf('ping', 'IPv4'), null],
])('%j is called %j', (numbers, name) => expect(serviceName(numbers)).toBe(name))

describe('what is wrong with a rule', () => {
  const at = (field: string, changes: Partial<RuleRow>) => {
    const error = { data: { app: { code: 'conflict', message: '', issues: [{ field, rule: 'shape', message: 'No.' }] } } }
    return Object.entries(ruleErrors(error, row(changes), 1)).flatMap(([input, message]) => (message === null ? [] : [input]))
  }
  it.each<[string, Partial<RuleRow>, string[]]>([
    ['rules.0.portRangeMin', { traffic: 'tcp' }, []],
    ['rules.1.portRangeMin', { traffic: 'tcp' }, ['min']],
    ['rules.1.portRangeMax', { traffic: 'ssh' }, ['traffic']],
    ['rules.1.protocol', { traffic: 'other' }, ['protocol']],
    ['rules.1.protocol', { traffic: 'udp' }, ['traffic']],
    ['rules.1', {}, ['traffic']],
    ['rules.1.remoteIpPrefix', { remote: 'prefix' }, ['prefix']],
    ['rules.1.remoteIpPrefix', { remote: 'group:g' }, ['remote']],
    ['rules.1.remoteGroupId', { remote: 'group:g' }, ['remote']],
    ['rules', {}, []],
  ])('%s is told where it was said: %j', (field, changes, inputs) => expect(at(field, changes)).toEqual(inputs))
})
