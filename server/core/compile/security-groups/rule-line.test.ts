import { describe, expect, it } from 'vitest'
import type { SecurityGroupRule } from '../../topology/kinds/security-group/security-group'
import { ruleLine } from './rule-line'

const anything: SecurityGroupRule = {
  id: '1',
  direction: 'ingress',
  etherType: 'IPv4',
  protocol: null,
  portRangeMin: null,
  portRangeMax: null,
  remoteIpPrefix: null,
  remoteGroupId: null,
  description: '',
}
const members = 'b7b5a1d0-0000-4000-8000-000000000001'
const tcp = { protocol: 'tcp', portRangeMin: 80, portRangeMax: 90 }

// As iptables-save 1.8.9 prints each of them after it was written so.
describe('ruleLine', () => {
  it.each<[string, Partial<SecurityGroupRule>, string]>([
    ['anybody, anything', {}, '-j RETURN'],
    ['TCP', { protocol: 'tcp' }, '-p tcp -j RETURN'],
    ['a port', { ...tcp, portRangeMax: 80 }, '-p tcp -m tcp --dport 80 -j RETURN'],
    ['a range', tcp, '-p tcp -m tcp --dport 80:90 -j RETURN'],
    ['all ports', { protocol: 'udp', portRangeMin: 0, portRangeMax: 65_535 }, '-p udp -j RETURN'],
    ['ports from 1', { protocol: 'udp', portRangeMin: 1, portRangeMax: 65_535 }, '-p udp -m udp --dport 1:65535 -j RETURN'],
    ['SCTP', { ...tcp, protocol: 'sctp' }, '-p sctp -m sctp --dport 80:90 -j RETURN'],
    ['DCCP', { ...tcp, protocol: 'dccp' }, '-p 33 -m dccp --dport 80:90 -j RETURN'],
    ['UDP-Lite', { ...tcp, protocol: 'udplite' }, '-p udplite -m multiport --dports 80:90 -j RETURN'],
    ['an ICMP type', { protocol: 'icmp', portRangeMin: 8 }, '-p icmp -m icmp --icmp-type 8 -j RETURN'],
    ['an ICMP type and code', { protocol: 'icmp', portRangeMin: 3, portRangeMax: 4 }, '-p icmp -m icmp --icmp-type 3/4 -j RETURN'],
    ['all of ICMP', { protocol: 'icmp' }, '-p icmp -j RETURN'],
    ['a protocol by its name', { protocol: 'vrrp' }, '-p 112 -j RETURN'],
    ['a protocol by its number', { protocol: '200' }, '-p 200 -j RETURN'],
    ['a source', { ...tcp, remoteIpPrefix: '10.0.0.0/8' }, '-s 10.0.0.0/8 -p tcp -m tcp --dport 80:90 -j RETURN'],
    ['one address', { remoteIpPrefix: '10.0.0.1/32' }, '-s 10.0.0.1/32 -j RETURN'],
    ['everybody', { protocol: 'tcp', remoteIpPrefix: '0.0.0.0/0' }, '-p tcp -j RETURN'],
    ['a destination', { direction: 'egress', remoteIpPrefix: '10.0.0.0/8' }, '-d 10.0.0.0/8 -j RETURN'],
    [
      'members of a group',
      { ...tcp, remoteGroupId: members },
      '-p tcp -m set --match-set tapline-4b7b5a1d0-0000-4000-8 src -m tcp --dport 80:90 -j RETURN',
    ],
    [
      'members as a destination',
      { direction: 'egress', remoteGroupId: members },
      '-m set --match-set tapline-4b7b5a1d0-0000-4000-8 dst -j RETURN',
    ],
  ])('%s', (_, rule, line) => {
    expect(ruleLine({ ...anything, ...rule }, 'ipv4', new Set(['tapline-4b7b5a1d0-0000-4000-8']))).toBe(line)
  })

  it.each<[string, Partial<SecurityGroupRule>, string]>([
    [
      'an ICMPv6 type',
      { protocol: 'ipv6-icmp', portRangeMin: 128, portRangeMax: 0 },
      '-p ipv6-icmp -m icmp6 --icmpv6-type 128/0 -j RETURN',
    ],
    ['one address', { remoteIpPrefix: '2001:db8::1/128' }, '-s 2001:db8::1/128 -j RETURN'],
    ['everybody', { remoteIpPrefix: '::/0' }, '-j RETURN'],
  ])('IPv6: %s', (_, rule, line) => {
    expect(ruleLine({ ...anything, etherType: 'IPv6', ...rule }, 'ipv6', new Set())).toBe(line)
  })

  it('says nothing about a group that has no member', () => {
    expect(ruleLine({ ...anything, remoteGroupId: members }, 'ipv4', new Set())).toBeNull()
  })
})
