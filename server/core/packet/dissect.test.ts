import { describe, expect, it } from 'vitest'
import { summaryOf } from '../explain/packet'
import { dissect } from './dissect'
import { type Frame, innerMost, innerVlanIds, l3, l4, outerVlanIds, vni, vnis } from './dissection'
import {
  ALL_ROUTERS,
  arp,
  ascii,
  BROADCAST,
  type Bytes,
  dhcp,
  ethernet,
  frame,
  icmpEcho,
  ip,
  ip6,
  ipv4,
  ipv6,
  LINK_LOCAL,
  MAC_A,
  MAC_B,
  mac,
  ping,
  tcp,
  tunnelled,
  u16,
  udp,
  vlan,
  vxlan,
  zeros,
} from './testing/build-frame'

const quotedPing = ipv4(1, icmpEcho(8, 12, 3, []))
const quotedTcp = ipv4(6, [...u16(40000), ...u16(22), ...zeros(4)])
const dnsQuery = [...u16(0x1234), 1, 0, ...u16(1), ...zeros(6), 3, ...ascii('www'), 7, ...ascii('example'), 0, ...u16(28), ...u16(1)]
/** The second question is `mail` and a pointer to `example` at offset 16. */
const dnsPointer = [
  ...u16(1),
  0x81,
  0x83,
  ...u16(2),
  ...zeros(6),
  ...dnsQuery.slice(12),
  4,
  ...ascii('mail'),
  0xc0,
  16,
  ...u16(1),
  ...u16(1),
]
const solicitation = [135, 0, 0, 0, ...zeros(4), ...ip6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 1, 1, ...mac(MAC_A)]
const advertisement = [136, 0, 0, 0, 0x60, 0, 0, 0, ...LINK_LOCAL, 2, 1, ...mac(MAC_B)]
const hopByHop = (inner: Bytes) => [58, 0, 5, 2, 0, 0, 1, 0, ...inner]
const offer = [53, 1, 2, 54, 4, ...ip('10.0.0.2'), 51, 4, 0, 1, 0x51, 0x80, 26, 2, ...u16(1450), 0, 255, 0, 0]

const over4 = (protocol: number, payload: Bytes) => [...ethernet(0x0800), ...ipv4(protocol, payload)]
const over6 = (next: number, payload: Bytes) => [...ethernet(0x86dd), ...ipv6(next, payload)]

const cases: readonly (readonly [name: string, bytes: Bytes, summary: string, facts: object])[] = [
  [
    'a ping',
    ping(12, 3),
    '10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3',
    {
      ipv4: { ttl: 64, identification: 7, isDontFragment: true, isChecksumValid: true, totalLength: 84 },
      icmp: { type: 8, code: 0, identifier: 12, sequence: 3 },
    },
  ],
  ['an echo reply', over4(1, icmpEcho(0, 12, 3)), '10.0.0.5 → 10.0.0.6 ICMP echo reply id 12 seq 3', { icmp: { type: 0 } }],
  [
    'a tagged frame',
    [...ethernet(0x8100), ...vlan(120, 0x0800, { priority: 5, dropEligible: 1 }), ...ping(1, 1).slice(14)],
    '802.1Q 120 │ 10.0.0.5 → 10.0.0.6 ICMP echo request id 1 seq 1',
    { vlans: [{ vlanId: 120, priority: 5, isDropEligible: true, type: 0x0800 }] },
  ],
  [
    'QinQ',
    [...ethernet(0x88a8), ...vlan(120, 0x8100), ...vlan(101, 0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [BROADCAST, '10.0.0.6'])],
    '802.1Q 120 │ 802.1Q 101 │ ARP who has 10.0.0.6? tell 10.0.0.5',
    { vlans: [{ vlanId: 120 }, { vlanId: 101 }], arp: { operation: 1, targetMac: BROADCAST } },
  ],
  [
    'a priority tag',
    [...ethernet(0x8100), ...vlan(0, 0x0806, { priority: 7 }), ...arp(2, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6'])],
    `ARP 10.0.0.5 is at ${MAC_A}`,
    { vlans: [{ vlanId: 0, priority: 7 }], arp: { operation: 2, senderMac: MAC_A } },
  ],
  ['gratuitous ARP', [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.5'])], 'ARP announces 10.0.0.5', {}],
  [
    'a padded ARP',
    [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6']), ...zeros(18)],
    'ARP who has 10.0.0.6? tell 10.0.0.5',
    { arp: { payload: { offset: 42, length: 18 } } },
  ],
  [
    'fragmentation needed',
    over4(1, [3, 4, 0, 0, 0, 0, ...u16(1450), ...quotedTcp]),
    '10.0.0.5 → 10.0.0.6 ICMP fragmentation needed mtu 1450',
    { icmp: { mtu: 1450, quoted: { source: '10.0.0.5', destination: '10.0.0.6', payloadProtocol: 6 } } },
  ],
  [
    'time exceeded',
    over4(1, [11, 0, 0, 0, 0, 0, 0, 0, ...quotedPing]),
    '10.0.0.5 → 10.0.0.6 ICMP time exceeded',
    { icmp: { quoted: { payloadProtocol: 1 } } },
  ],
  [
    'TCP with options',
    over4(6, tcp([1, 2, 3], { flags: 0x02, options: [2, 4, ...u16(1410), 1, 3, 3, 7, 4, 2, 0, 0] })),
    '10.0.0.5:40000 → 10.0.0.6:22 TCP SYN seq 1000',
    { tcp: { maximumSegmentSize: 1410, flags: 2, payload: { length: 3 } } },
  ],
  ['UDP', over4(17, udp(5000, 5001, [1, 2])), '10.0.0.5:5000 → 10.0.0.6:5001 UDP', { udp: { payload: { offset: 42, length: 2 } } }],
  [
    'a later fragment',
    [...ethernet(0x0800), ...ipv4(17, zeros(32), { fragment: 100 })],
    '10.0.0.5 → 10.0.0.6 UDP',
    { ipv4: { fragmentOffset: 800, hasMoreFragments: false } },
  ],
  ['another IP protocol', over4(89, zeros(8)), '10.0.0.5 → 10.0.0.6 OSPF', {}],
  [
    'IPv4 options',
    [...ethernet(0x0800), ...ipv4(1, icmpEcho(8, 1, 2), { options: [7, 4, 4, 0] })],
    '10.0.0.5 → 10.0.0.6 ICMP echo request id 1 seq 2',
    { ipv4: { length: 24, isChecksumValid: true } },
  ],
  ['VXLAN', tunnelled(1507, ping(12, 3)), 'VXLAN 1507 │ 10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3', { icmp: { identifier: 12 } }],
  [
    'VXLAN that segmentation offload left without lengths, above 64 KB',
    [
      ...ethernet(0x0800),
      ...ipv4(17, udp(55555, 4789, vxlan(9, [...ethernet(0x0800), ...ipv4(6, tcp(zeros(70_000)), { totalLength: 0 })]), 0), {
        totalLength: 0,
      }),
    ],
    'VXLAN 9 │ 10.0.0.5:40000 → 10.0.0.6:22 TCP ACK seq 1000',
    { tcp: { payload: { length: 70_000 } } },
  ],
  [
    'a tag inside VXLAN',
    tunnelled(7, [...ethernet(0x8100), ...vlan(101, 0x0800), ...ping(1, 1).slice(14)]),
    'VXLAN 7 │ 802.1Q 101 │ 10.0.0.5 → 10.0.0.6 ICMP echo request id 1 seq 1',
    { vlans: [{ vlanId: 101 }] },
  ],
  [
    'DHCP offer',
    over4(17, udp(67, 68, dhcp(2, offer, { yourIp: '10.0.0.9' }))),
    `10.0.0.5:67 → 10.0.0.6:68 DHCP offer from client ${MAC_A}`,
    {
      dhcp: {
        messageType: 'offer',
        yourIp: '10.0.0.9',
        clientMac: MAC_A,
        transactionId: 0x1234abcd,
        options: [
          { code: 53, name: 'messageType', text: 'offer' },
          { code: 54, name: 'serverId', text: '10.0.0.2' },
          { code: 51, name: 'leaseTime', text: '86400 s' },
          { code: 26, name: 'interfaceMtu', text: '1450' },
        ],
      },
    },
  ],
  [
    'the metadata route in DHCP',
    over4(17, udp(67, 68, dhcp(2, [121, 14, 32, ...ip('169.254.169.254'), ...ip('10.0.0.2'), 0, ...ip('10.0.0.1'), 255]))),
    `10.0.0.5:67 → 10.0.0.6:68 DHCP message from client ${MAC_A}`,
    { dhcp: { options: [{ code: 121, text: '169.254.169.254/32 via 10.0.0.2, 0.0.0.0/0 via 10.0.0.1' }] } },
  ],
  [
    'a DNS query',
    over4(17, udp(50000, 53, dnsQuery)),
    '10.0.0.5:50000 → 10.0.0.6:53 DNS query AAAA www.example',
    { dns: { isResponse: false, questions: [{ name: 'www.example', type: 'AAAA' }] } },
  ],
  [
    'a compressed DNS name',
    over4(17, udp(53, 50000, dnsPointer)),
    '10.0.0.5:53 → 10.0.0.6:50000 DNS answer AAAA www.example, A mail.example',
    { dns: { isResponse: true, responseCode: 3, questions: [{ name: 'www.example' }, { name: 'mail.example' }] } },
  ],
  [
    'a hostile DNS name',
    over4(17, udp(50000, 53, [...dnsQuery.slice(0, 12), 2, 0x1b, 0xff, 0, ...u16(1), ...u16(1)])),
    '10.0.0.5:50000 → 10.0.0.6:53 DNS query A \\x1b\\xff',
    {},
  ],
  [
    'neighbour solicitation',
    over6(58, solicitation),
    'fe80::a → ff02::2 ICMPv6 neighbour solicitation who has 2001:db8::1?',
    { icmpv6: { type: 135, target: '2001:db8::1', linkAddress: MAC_A } },
  ],
  [
    'neighbour advertisement',
    over6(58, advertisement),
    'fe80::a → ff02::2 ICMPv6 neighbour advertisement for fe80::a',
    { icmpv6: { target: 'fe80::a', linkAddress: MAC_B } },
  ],
  [
    'ICMPv6 echo',
    over6(58, [128, 0, 0, 0, ...u16(9), ...u16(4)]),
    'fe80::a → ff02::2 ICMPv6 echo request id 9 seq 4',
    { icmpv6: { identifier: 9, sequence: 4 } },
  ],
  [
    'packet too big',
    over6(58, [2, 0, 0, 0, 0, 0, ...u16(1400), ...ipv6(17, udp(1, 2, []), ALL_ROUTERS, LINK_LOCAL)]),
    'fe80::a → ff02::2 ICMPv6 packet too big mtu 1400',
    { icmpv6: { mtu: 1400, quoted: { source: 'ff02::2', destination: 'fe80::a', payloadProtocol: 17 } } },
  ],
  [
    'a listener report behind an extension',
    over6(0, hopByHop([143, 0, 0, 0, ...zeros(4)])),
    'fe80::a → ff02::2 ICMPv6 multicast listener report v2',
    { ipv6: { payloadProtocol: 58, length: 48 } },
  ],
  [
    'a later IPv6 fragment',
    over6(44, [17, 0, ...u16(0x05a9), 0, 0, 0, 3, ...zeros(16)]),
    'fe80::a → ff02::2 UDP',
    { ipv6: { fragment: { offset: 1448, hasMore: true, identification: 3 } } },
  ],
  ['LLDP', [...ethernet(0x88cc), ...zeros(20)], 'LLDP', {}],
  ['spanning tree', [...ethernet(38), 0x42, 0x42, 3, ...zeros(35)], 'LLC', {}],
  ['an unknown type', [...ethernet(0x9999), ...zeros(20)], '0x9999', {}],
]

describe('dissect', () => {
  it.each(cases)('%s', (_, bytes, summary, facts) => {
    const dissection = dissect(frame(bytes))
    expect(dissection.malformed).toBeUndefined()
    expect(summaryOf(dissection)).toBe(summary)
    expect(innerMost(dissection)).toMatchObject(facts)
  })

  it.each(cases)('%s: every field lies in its layer, and layers follow each other', (_, bytes) => {
    const { layers } = dissect(frame(bytes))
    let end = 0
    for (const layer of layers) {
      expect(layer.offset).toBe(end)
      end = layer.offset + layer.length
      for (const field of layer.fields) {
        expect(field.offset).toBeGreaterThanOrEqual(layer.offset)
        expect(field.offset + field.length).toBeLessThanOrEqual(end)
      }
    }
  })
})

describe('accessors', () => {
  const nested = dissect(
    frame([
      ...ethernet(0x8100),
      ...vlan(150, 0x0800),
      ...tunnelled(1507, tunnelled(9, [...ethernet(0x8100), ...vlan(7, 0x0800), ...ping(3, 4).slice(14)])).slice(14),
    ]),
  )

  it('tell the wire from the guest', () => {
    const inner: Frame | undefined = innerMost(nested)
    expect(outerVlanIds(nested)).toEqual([150])
    expect(innerVlanIds(nested)).toEqual([7])
    expect([vni(nested), vnis(nested)]).toEqual([1507, [1507, 9]])
    expect([l3(nested)?.source, l4(nested)?.protocol, inner?.icmp?.sequence]).toEqual(['10.0.0.5', 'icmp', 4])
  })

  it('have nothing to say of an empty frame', () => {
    const nothing = dissect(new Uint8Array())
    expect([innerMost(nothing), l3(nothing), l4(nothing), vni(nothing), outerVlanIds(nothing)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      [],
    ])
    expect(summaryOf(nothing)).toBe('no Ethernet frame (malformed ethernet: 6 bytes are needed, 0 are there)')
  })
})
