import { describe, expect, it } from 'vitest'
import { isProtocol, normalizeProtocol } from './ip-protocol'
import type { EtherType } from './security-group'

describe('a protocol is stored in one way', () => {
  it.each<[string | number | null | undefined, EtherType, string | null]>([
    [undefined, 'IPv4', null],
    [null, 'IPv6', null],
    ['any', 'IPv4', null],
    ['Any', 'IPv4', null],
    [0, 'IPv4', null],
    ['0', 'IPv6', null],
    ['tcp', 'IPv4', 'tcp'],
    [' TCP ', 'IPv6', 'tcp'],
    [6, 'IPv4', 'tcp'],
    ['006', 'IPv4', 'tcp'],
    [17, 'IPv6', 'udp'],
    [41, 'IPv4', 'ipv6-encap'],
    [112, 'IPv4', 'vrrp'],
    [136, 'IPv4', 'udplite'],
    ['253', 'IPv4', '253'],
    [255, 'IPv4', '255'],
    ['icmp', 'IPv4', 'icmp'],
    ['icmp', 'IPv6', 'ipv6-icmp'],
    [1, 'IPv6', 'ipv6-icmp'],
    ['icmpv6', 'IPv6', 'ipv6-icmp'],
    ['ICMPv6', 'IPv4', 'ipv6-icmp'],
    [58, 'IPv6', 'ipv6-icmp'],
    // For the rule to refuse.
    ['tpc', 'IPv4', 'tpc'],
    [256, 'IPv4', '256'],
    [-1, 'IPv4', '-1'],
    ['', 'IPv4', ''],
  ])('%j of %s is %j', (given, etherType, stored) => expect(normalizeProtocol(given, etherType)).toBe(stored))
})

it.each([
  ['tcp', true],
  ['ipv6-frag', true],
  ['253', true],
  ['2', false],
  ['6', false],
  ['0', false],
  ['256', false],
  ['-1', false],
  ['07', false],
  ['icmpv6', false],
  ['toString', false],
  ['', false],
])('%j is one as it is stored: %s', (text, is) => expect(isProtocol(text)).toBe(is))
