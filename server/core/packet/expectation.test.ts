import { describe, expect, it } from 'vitest'
import { countMatching } from './count-matching'
import type { Expectation } from './expectation'
import { matches } from './match-packet'
import { headerShape } from './headers'
import { mismatchWords } from '../explain/mismatch'
import { describeHeader } from '../explain/packet'
import {
  arp,
  BROADCAST,
  type Bytes,
  dhcp,
  ethernet,
  frame,
  icmpEcho,
  ip6,
  ipv4,
  ipv6,
  LINK_LOCAL,
  MAC_A,
  MAC_B,
  ping,
  tcp,
  tunnelled,
  udp,
  vlan,
} from './testing/build-frame'
import { capture, packet } from './testing/captures'

const echo: Expectation = {
  encapsulation: 'untagged',
  protocol: 'icmp-echo-request',
  sourceMac: MAC_A,
  destinationMac: MAC_B,
  sourceIp: '10.0.0.5',
  destinationIp: '10.0.0.6',
  icmpId: 12,
}
const tagged = (...ids: number[]): Bytes => {
  return [
    ...ethernet(0x8100),
    ...ids.flatMap((id, index) => vlan(id, index === ids.length - 1 ? 0x0800 : 0x8100)),
    ...ping(12, 3).slice(14),
  ]
}
const who = [...ethernet(0x0806, { destination: BROADCAST }), ...arp(1, [MAC_A, '10.0.0.5'], [BROADCAST, '10.0.0.6'])]
const offer = [...ethernet(0x0800), ...ipv4(17, udp(67, 68, dhcp(2, [53, 1, 2, 255])))]
const solicitation = [...ethernet(0x86dd), ...ipv6(58, [135, 0, 0, 0, 0, 0, 0, 0, ...ip6(0xfe80, 0, 0, 0, 0, 0, 0, 0xb)])]

function compare(bytes: Bytes, expectation: Expectation): string {
  const shape = headerShape(packet(frame(bytes)))
  if (!shape) return 'no shape'
  const result = matches(shape, expectation)
  return result.ok ? 'ok' : mismatchWords(result.mismatches)
}

const dot1q = (vlanId: number) => ({ kind: 'dot1q', vlanId }) as const
const vxlan = { kind: 'vxlan', vni: 1507 } as const
const ends = { outerSource: '192.168.150.11', outerDestination: '192.168.150.12' }

describe('matches', () => {
  it.each<readonly [string, Bytes, Expectation, string]>([
    ['an untagged ping', ping(12, 3), echo, 'ok'],
    ['any encapsulation', tagged(5), { ...echo, encapsulation: 'any' }, 'ok'],
    ['a tag', tagged(120), { ...echo, encapsulation: dot1q(120) }, 'ok'],
    ['another tag', tagged(121), { ...echo, encapsulation: dot1q(120) }, 'tag 121 instead of 120'],
    ['no tag', ping(12, 3), { ...echo, encapsulation: dot1q(120) }, 'untagged instead of 802.1Q 120'],
    ['a tag too many', tagged(120), echo, '802.1Q 120 instead of untagged'],
    ['a tag that was to be stripped', tagged(120, 101), { ...echo, encapsulation: dot1q(120) }, 'inner tag 101 instead of nothing'],
    ['a tag in a tag', tagged(120, 101), { ...echo, encapsulation: dot1q(120), innerVlanIds: [101] }, 'ok'],
    [
      'a tag in a tag that is missing',
      tagged(120),
      { ...echo, encapsulation: dot1q(120), innerVlanIds: [101] },
      'inner tag nothing instead of 101',
    ],
    ['VXLAN', tunnelled(1507, ping(12, 3)), { ...echo, encapsulation: { ...vxlan, ...ends } }, 'ok'],
    ['VXLAN to anyone', tunnelled(1507, ping(12, 3)), { ...echo, encapsulation: vxlan }, 'ok'],
    [
      'another VNI and peer',
      tunnelled(1508, ping(12, 3), { destination: '192.168.150.13' }),
      { ...echo, encapsulation: { ...vxlan, ...ends } },
      'VNI 1508 instead of 1507, outer destination 192.168.150.13 instead of 192.168.150.12',
    ],
    [
      'an underlay without its tag',
      tunnelled(1507, ping(12, 3)),
      { ...echo, encapsulation: { ...vxlan, outerVlanIds: [150] } },
      'outer tag nothing instead of 150',
    ],
    ['a local tag that leaked into VXLAN', tunnelled(1507, tagged(3)), { ...echo, encapsulation: vxlan }, 'inner tag 3 instead of nothing'],
    ['VLAN where VXLAN should be', tagged(120), { ...echo, encapsulation: vxlan }, '802.1Q 120 instead of VXLAN 1507'],
    [
      'VXLAN where VLAN should be',
      tunnelled(1507, ping(12, 3)),
      { ...echo, encapsulation: dot1q(120) },
      'VXLAN 1507 192.168.150.11 → 192.168.150.12 instead of 802.1Q 120',
    ],
    ['another ping', ping(13, 3), echo, 'ICMP id 13 instead of 12'],
    ['a sequence', ping(12, 3), { ...echo, icmpSequence: [1, 2] }, 'ICMP sequence 3 instead of 1 or 2'],
    ['the reply', [...ethernet(0x0800), ...ipv4(1, icmpEcho(0, 12, 3))], echo, 'protocol icmp-echo-reply instead of icmp-echo-request'],
    ['capitals in an address', ping(12, 3), { ...echo, sourceMac: MAC_A.toUpperCase() }, 'ok'],
    [
      'a routed packet',
      ping(12, 3, { ttl: 63 }),
      { ...echo, ttl: 64, sourceMac: MAC_B },
      `source MAC ${MAC_A} instead of ${MAC_B}, TTL 63 instead of 64`,
    ],
    [
      'an ARP request',
      who,
      {
        encapsulation: 'untagged',
        protocol: 'arp-request',
        sourceIp: '10.0.0.5',
        destinationIp: '10.0.0.6',
        destinationMac: BROADCAST,
      },
      'ok',
    ],
    [
      'ARP instead of a ping',
      who,
      { ...echo, destinationMac: BROADCAST, icmpId: undefined },
      'protocol arp-request instead of icmp-echo-request',
    ],
    ['a field that is not there', who, { encapsulation: 'any', protocol: 'arp-request', ttl: 64 }, 'TTL nothing instead of 64'],
    [
      'one of several destinations',
      offer,
      {
        encapsulation: 'untagged',
        protocol: 'dhcp',
        destinationIp: ['10.0.0.6', '255.255.255.255'],
        dhcpMessageType: 'offer',
        dhcpTransactionId: 0x1234abcd,
        dhcpClientMac: MAC_A,
      },
      'ok',
    ],
    [
      'neighbour solicitation',
      solicitation,
      { encapsulation: 'untagged', protocol: 'neighbour-solicitation', sourceIp: 'fe80::a', destinationIp: 'fe80::b' },
      'ok',
    ],
    [
      'an IPv6 ping',
      [...ethernet(0x86dd), ...ipv6(58, [128, 0, 0, 0, 0, 12, 0, 3], LINK_LOCAL)],
      { encapsulation: 'untagged', protocol: 'icmpv6-echo-request', icmpId: 12 },
      'ok',
    ],
    ['TCP', [...ethernet(0x0800), ...ipv4(6, tcp([]))], { encapsulation: 'any', protocol: 'dhcp' }, 'protocol TCP instead of dhcp'],
  ])('%s', (_, bytes, expectation, result) => {
    expect(compare(bytes, expectation)).toBe(result)
  })
})

describe('countMatching', () => {
  const packets = [who, tagged(121), ping(12, 1), tagged(121), ping(99, 1), ping(12, 2)].map((bytes) => packet(frame(bytes)))

  it('counts, shows one, and says what came close', () => {
    const { near, ...counted } = countMatching(packets, { ...echo, encapsulation: dot1q(120) })
    const told = near.map(({ mismatches, ...miss }) => ({ ...miss, difference: mismatchWords(mismatches) }))
    expect({ ...counted, near: told }).toMatchObject({
      examined: 6,
      matched: 0,
      near: [
        { count: 2, difference: 'tag 121 instead of 120', sample: { index: 1 } },
        { count: 2, difference: 'untagged instead of 802.1Q 120', sample: { index: 2 } },
        { count: 1, difference: 'untagged instead of 802.1Q 120, ICMP id 99 instead of 12', sample: { index: 4 } },
      ],
    })
    const found = countMatching(packets, echo)
    expect([found.matched, found.sample?.index, found.sample && describeHeader(found.sample.shape)]).toEqual([
      2,
      2,
      `untagged │ ${MAC_A} → ${MAC_B} IPv4 10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 1`,
    ])
  })

  it('takes strangers for no near miss', () => {
    const stranger = {
      ...echo,
      sourceMac: '02:00:00:00:00:01',
      destinationMac: '02:00:00:00:00:02',
      sourceIp: '10.9.9.1',
      destinationIp: '10.9.9.2',
    }
    expect(countMatching(packets, stranger)).toEqual({ examined: 6, matched: 0, near: [] })
  })

  it('skips what has no Ethernet header', () => {
    expect(countMatching([packet(new Uint8Array(5))], echo)).toEqual({ examined: 1, matched: 0, near: [] })
  })

  it('proves the real ping on the underlay, and explains a wrong VNI', () => {
    const seen = capture('h1/eth1-underlay')
    const wanted: Expectation = {
      encapsulation: { kind: 'vxlan', vni: 1507, outerSource: '10.98.0.11', outerDestination: '10.98.0.12' },
      protocol: 'icmp-echo-request',
      sourceIp: '10.0.1.11',
      destinationIp: '10.0.1.12',
      icmpId: 17231,
    }
    expect(countMatching(seen, wanted).matched).toBe(3)
    const wrong = countMatching(seen, { ...wanted, encapsulation: { kind: 'vxlan', vni: 1508 } })
    expect([wrong.matched, wrong.near[0]?.count, mismatchWords(wrong.near[0]!.mismatches)]).toEqual([0, 3, 'VNI 1507 instead of 1508'])
  })
})
