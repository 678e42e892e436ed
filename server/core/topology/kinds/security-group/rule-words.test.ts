import { expect, it } from 'vitest'

import { ruleWords, trafficWords, type Traffic } from './rule-words'

const traffic = (
  protocol: string | null,
  min: number | null = null,
  max: number | null = min,
  etherType: 'IPv4' | 'IPv6' = 'IPv4',
): Traffic => ({
  etherType,
  protocol,
  portRangeMin: min,
  portRangeMax: max,
})

it.each([
  [traffic(null), 'any'],
  [traffic('tcp'), 'TCP'],
  [traffic('tcp', 22), 'TCP 22'],
  [traffic('udp', 80, 90), 'UDP 80–90'],
  [traffic('udplite', 5), 'UDP-Lite 5'],
  [traffic('vrrp'), 'VRRP'],
  [traffic('253'), 'protocol 253'],
  [traffic('icmp'), 'ICMP'],
  [traffic('icmp', 8, null), 'ICMP echo request (type 8)'],
  [traffic('icmp', 3, null), 'ICMP destination unreachable (type 3)'],
  [traffic('icmp', 3, 4), 'ICMP fragmentation needed (type 3, code 4)'],
  [traffic('icmp', 42, null), 'ICMP type 42'],
  [traffic('icmp', 42, 0), 'ICMP type 42, code 0'],
  [traffic('ipv6-icmp', null, null, 'IPv6'), 'ICMPv6'],
  [traffic('ipv6-icmp', 128, null, 'IPv6'), 'ICMPv6 echo request (type 128)'],
  [traffic('ipv6-icmp', 135, 0, 'IPv6'), 'ICMPv6 neighbour solicitation (type 135, code 0)'],
])('%j is %j', (rule, words) => expect(trafficWords(rule)).toBe(words))

it.each([
  [{ remoteIpPrefix: '10.0.0.0/8', remoteGroupId: null }, 'ingress', 'ingress IPv4 TCP 22 from 10.0.0.0/8'],
  [{ remoteIpPrefix: null, remoteGroupId: 'g' }, 'egress', 'egress IPv4 TCP 22 to group web'],
  [{ remoteIpPrefix: null, remoteGroupId: null }, 'ingress', 'ingress IPv4 TCP 22 from anybody'],
] as const)('%j, %s, is %j', (remote, direction, words) =>
  expect(ruleWords({ ...traffic('tcp', 22), ...remote, direction }, () => 'web')).toBe(words),
)
