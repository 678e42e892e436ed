import { describe, expect, it } from 'vitest'
import { dissect, MAX_LAYERS } from './dissect'
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
const dnsPointer = [...u16(1), 0x81, 0x83, ...u16(2), ...zeros(6), ...dnsQuery.slice(12), 4, ...ascii('mail'), 0xc0, 16, ...u16(1), ...u16(1)]
const solicitation = [135, 0, 0, 0, ...zeros(4), ...ip6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 1, 1, ...mac(MAC_A)]
const advertisement = [136, 0, 0, 0, 0x60, 0, 0, 0, ...LINK_LOCAL, 2, 1, ...mac(MAC_B)]
const hopByHop = (inner: Bytes) => [58, 0, 5, 2, 0, 0, 1, 0, ...inner]
const offer = [53, 1, 2, 54, 4, ...ip('10.0.0.2'), 51, 4, 0, 1, 0x51, 0x80, 26, 2, ...u16(1450), 0, 255, 0, 0]

const over4 = (protocol: number, payload: Bytes) => [...ethernet(0x0800), ...ipv4(protocol, payload)]
const over6 = (next: number, payload: Bytes, source?: Bytes, target?: Bytes) => [...ethernet(0x86dd), ...ipv6(next, payload, source, target)]

const cases: readonly (readonly [name: string, bytes: Bytes, summary: string, facts: object])[] = [
  ['a ping', ping(12, 3), '10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3', {
    ipv4: { ttl: 64, identification: 7, isDontFragment: true, isChecksumValid: true, totalLength: 84 },
    icmp: { type: 8, code: 0, identifier: 12, sequence: 3 },
  }],
  ['an echo reply', over4(1, icmpEcho(0, 12, 3)), '10.0.0.5 → 10.0.0.6 ICMP echo reply id 12 seq 3', { icmp: { type: 0 } }],
  ['a tagged frame', [...ethernet(0x8100), ...vlan(120, 0x0800, { priority: 5, dropEligible: 1 }), ...ping(1, 1).slice(14)],
    '802.1Q 120 │ 10.0.0.5 → 10.0.0.6 ICMP echo request id 1 seq 1',
    { vlans: [{ vlanId: 120, priority: 5, isDropEligible: true, type: 0x0800 }] }],
  ['QinQ', [...ethernet(0x88a8), ...vlan(120, 0x8100), ...vlan(101, 0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [BROADCAST, '10.0.0.6'])],
    '802.1Q 120 │ 802.1Q 101 │ ARP who has 10.0.0.6? tell 10.0.0.5',
    { vlans: [{ vlanId: 120 }, { vlanId: 101 }], arp: { operation: 1, targetMac: BROADCAST } }],
  ['a priority tag', [...ethernet(0x8100), ...vlan(0, 0x0806, { priority: 7 }), ...arp(2, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6'])],
    `ARP 10.0.0.5 is at ${MAC_A}`, { vlans: [{ vlanId: 0, priority: 7 }], arp: { operation: 2, senderMac: MAC_A } }],
  ['gratuitous ARP', [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.5'])], 'ARP announces 10.0.0.5', {}],
  ['a padded ARP', [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6']), ...zeros(18)],
    'ARP who has 10.0.0.6? tell 10.0.0.5', { arp: { payload: { offset: 42, length: 18 } } }],
  ['fragmentation needed', over4(1, [3, 4, 0, 0, 0, 0, ...u16(1450), ...quotedTcp]),
    '10.0.0.5 → 10.0.0.6 ICMP fragmentation needed mtu 1450',
    { icmp: { mtu: 1450, quoted: { source: '10.0.0.5', destination: '10.0.0.6', payloadProtocol: 6 } } }],
  ['time exceeded', over4(1, [11, 0, 0, 0, 0, 0, 0, 0, ...quotedPing]), '10.0.0.5 → 10.0.0.6 ICMP time exceeded',
    { icmp: { quoted: { payloadProtocol: 1 } } }],
  ['TCP with options', over4(6, tcp([1, 2, 3], { flags: 0x02, options: [2, 4, ...u16(1410), 1, 3, 3, 7, 4, 2, 0, 0] })),
    '10.0.0.5:40000 → 10.0.0.6:22 TCP SYN seq 1000', { tcp: { maximumSegmentSize: 1410, flags: 2, payload: { length: 3 } } }],
  ['UDP', over4(17, udp(5000, 5001, [1, 2])), '10.0.0.5:5000 → 10.0.0.6:5001 UDP', { udp: { payload: { offset: 42, length: 2 } } }],
  ['a later fragment', [...ethernet(0x0800), ...ipv4(17, zeros(32), { fragment: 100 })], '10.0.0.5 → 10.0.0.6 UDP',
    { ipv4: { fragmentOffset: 800, hasMoreFragments: false } }],
  ['another IP protocol', over4(89, zeros(8)), '10.0.0.5 → 10.0.0.6 OSPF', {}],
  ['IPv4 options', [...ethernet(0x0800), ...ipv4(1, icmpEcho(8, 1, 2), { options: [7, 4, 4, 0] })],
    '10.0.0.5 → 10.0.0.6 ICMP echo request id 1 seq 2', { ipv4: { length: 24, isChecksumValid: true } }],
  ['VXLAN', tunnelled(1507, ping(12, 3)), 'VXLAN 1507 │ 10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3', { icmp: { identifier: 12 } }],
  ['a tag inside VXLAN', tunnelled(7, [...ethernet(0x8100), ...vlan(101, 0x0800), ...ping(1, 1).slice(14)]),
    'VXLAN 7 │ 802.1Q 101 │ 10.0.0.5 → 10.0.0.6 ICMP echo request id 1 seq 1', { vlans: [{ vlanId: 101 }] }],
  ['DHCP offer', over4(17, udp(67, 68, dhcp(2, offer, { yourIp: '10.0.0.9' }))),
    `10.0.0.5:67 → 10.0.0.6:68 DHCP offer from client ${MAC_A}`,
    { dhcp: { messageType: 'offer', yourIp: '10.0.0.9', clientMac: MAC_A, transactionId: 0x1234abcd, options: [
      { code: 53, name: 'messageType', text: 'offer' },
      { code: 54, name: 'serverId', text: '10.0.0.2' },
      { code: 51, name: 'leaseTime', text: '86400 s' },
      { code: 26, name: 'interfaceMtu', text: '1450' },
    ] } }],
  ['the metadata route in DHCP', over4(17, udp(67, 68, dhcp(2, [121, 14, 32, ...ip('169.254.169.254'), ...ip('10.0.0.2'), 0, ...ip('10.0.0.1'), 255]))),
    `10.0.0.5:67 → 10.0.0.6:68 DHCP message from client ${MAC_A}`,
    { dhcp: { options: [{ code: 121, text: '169.254.169.254/32 via 10.0.0.2, 0.0.0.0/0 via 10.0.0.1' }] } }],
  ['a DNS query', over4(17, udp(50000, 53, dnsQuery)), '10.0.0.5:50000 → 10.0.0.6:53 DNS query AAAA www.example',
    { dns: { isResponse: false, questions: [{ name: 'www.example', type: 'AAAA' }] } }],
  ['a compressed DNS name', over4(17, udp(53, 50000, dnsPointer)),
    '10.0.0.5:53 → 10.0.0.6:50000 DNS answer AAAA www.example, A mail.example',
    { dns: { isResponse: true, responseCode: 3, questions: [{ name: 'www.example' }, { name: 'mail.example' }] } }],
  ['a hostile DNS name', over4(17, udp(50000, 53, [...dnsQuery.slice(0, 12), 2, 0x1b, 0xff, 0, ...u16(1), ...u16(1)])),
    '10.0.0.5:50000 → 10.0.0.6:53 DNS query A \\x1b\\xff', {}],
  ['neighbour solicitation', over6(58, solicitation), 'fe80::a → ff02::2 ICMPv6 neighbour solicitation who has 2001:db8::1?',
    { icmpv6: { type: 135, target: '2001:db8::1', linkAddress: MAC_A } }],
  ['neighbour advertisement', over6(58, advertisement), 'fe80::a → ff02::2 ICMPv6 neighbour advertisement for fe80::a',
    { icmpv6: { target: 'fe80::a', linkAddress: MAC_B } }],
  ['ICMPv6 echo', over6(58, [128, 0, 0, 0, ...u16(9), ...u16(4)]), 'fe80::a → ff02::2 ICMPv6 echo request id 9 seq 4',
    { icmpv6: { identifier: 9, sequence: 4 } }],
  ['packet too big', over6(58, [2, 0, 0, 0, 0, 0, ...u16(1400), ...ipv6(17, udp(1, 2, []), ALL_ROUTERS, LINK_LOCAL)]),
    'fe80::a → ff02::2 ICMPv6 packet too big mtu 1400',
    { icmpv6: { mtu: 1400, quoted: { source: 'ff02::2', destination: 'fe80::a', payloadProtocol: 17 } } }],
  ['a listener report behind an extension', over6(0, hopByHop([143, 0, 0, 0, ...zeros(4)])),
    'fe80::a → ff02::2 ICMPv6 multicast listener report v2', { ipv6: { payloadProtocol: 58, length: 48 } }],
  ['a later IPv6 fragment', over6(44, [17, 0, ...u16(0x05a9), 0, 0, 0, 3, ...zeros(16)]), 'fe80::a → ff02::2 UDP',
    { ipv6: { fragment: { offset: 1448, hasMore: true, identification: 3 } } }],
  ['LLDP', [...ethernet(0x88cc), ...zeros(20)], 'LLDP', {}],
  ['spanning tree', [...ethernet(38), 0x42, 0x42, 3, ...zeros(35)], 'LLC', {}],
  ['an unknown type', [...ethernet(0x9999), ...zeros(20)], '0x9999', {}],
]

describe('dissect', () => {
  it.each(cases)('%s', (_, bytes, summary, facts) => {
    const dissection = dissect(frame(bytes))
    expect(dissection.malformed).toBeUndefined()
    expect(dissection.summary).toBe(summary)
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

describe('what is wrong with a frame', () => {
  const inTunnels = (depth: number): Bytes => (depth === 0 ? ping(1, 1) : tunnelled(depth, inTunnels(depth - 1)))
  const tags = (count: number) => Array.from({ length: count }, () => vlan(1, 0x8100)).flat()
  const withIp = (change: (bytes: number[]) => void) => {
    const bytes = [...ping(1, 1)]
    change(bytes)
    return bytes
  }
  const invalid = (layer: string, offset: number, reason: string, isMissing = true) => ({ layer, cause: 'invalid', offset, reason, isMissing })
  const questions = [...zeros(5), 1, ...zeros(6)]

  it.each([
    ['nothing', [], invalid('ethernet', 0, '6 bytes are needed, 0 are there')],
    ['half an Ethernet header', ethernet(0x0800).slice(0, 8), invalid('ethernet', 6, '6 bytes are needed, 2 are there')],
    ['version 5', withIp((b) => (b[14] = 0x55)), invalid('ipv4', 14, 'the version is 5, not 4')],
    ['a header length of 4', withIp((b) => (b[14] = 0x41)), invalid('ipv4', 14, 'a header of 4 bytes is too short')],
    ['a total length of 19', withIp((b) => (b[17] = 19)), invalid('ipv4', 30, 'a total length of 19 ends inside the header')],
    ['a total length that is too long', withIp((b) => (b[16] = 9)), invalid('ipv4', 30, 'a total length of 2388 reaches beyond the frame', false)],
    ['a UDP length of 7', over4(17, udp(1, 2, [], 7)), invalid('udp', 40, 'a length of 7 is shorter than the header')],
    ['VXLAN without a valid VNI', over4(17, udp(1, 4789, vxlan(5, ping(1, 1), 0))), invalid('vxlan', 42, 'the flag for a valid VNI is not set')],
    ['IPv6 in an IPv4 frame', [...ethernet(0x0800), ...ipv6(58, [])], invalid('ipv4', 14, 'the version is 6, not 4')],
    ['ARP for another hardware', [...ethernet(0x0806), 0, 6, 8, 0, 6, 4, ...zeros(22)], invalid('arp', 19, 'only ARP for IPv4 over Ethernet is known')],
    ['a TCP header that is too short', over4(6, [...tcp([]).slice(0, 12), 0x10, ...zeros(7)]), invalid('tcp', 46, 'a header of 4 bytes is too short')],
    ['TCP options beyond the packet', over4(6, tcp([], { options: [2, 4, 5, 0xb4] }).slice(0, 20)), invalid('tcp', 54, '1 bytes are needed, 0 are there', false)],
    ['a discovery option without length', over6(58, [...solicitation.slice(0, 24), 1, 0]), invalid('icmpv6', 79, 'a discovery option has no length', false)],
    ['BOOTP without options', over4(17, udp(68, 67, dhcp(1, []).slice(0, 236))), invalid('dhcp', 278, '4 bytes are needed, 0 are there', false)],
    ['a DNS pointer to itself', over4(17, udp(1, 53, [...questions, 0xc0, 12, ...zeros(4)])), invalid('dns', 54, 'a name runs out of the message or points forward', false)],
    ['too many tunnels', inTunnels(5), invalid('vxlan', 242, 'more than 4 tunnels')],
    ['too many tags', [...ethernet(0x8100), ...tags(MAX_LAYERS), ...zeros(60)], invalid('vlan', 138, 'more than 32 headers')],
  ])('%s', (_, bytes, malformed) => {
    expect(dissect(frame(bytes)).malformed).toMatchObject(malformed)
  })

  it('keeps what it could read of a broken header', () => {
    const { layers, malformed, summary } = dissect(frame(over4(17, [0, 80, 0, 81, 0])))
    expect(layers.map(({ protocol }) => protocol)).toEqual(['ethernet', 'ipv4'])
    expect(malformed?.fields.map(({ name, value }) => [name, value])).toEqual([['sourcePort', 80], ['destinationPort', 81]])
    expect(summary).toBe('10.0.0.5 → 10.0.0.6 UDP (malformed udp: 2 bytes are needed, 1 are there)')
  })

  it('tells a cut by the capture from a fault of the packet', () => {
    const whole = frame(tunnelled(5, ping(1, 1)))
    const { malformed, isCut, summary } = dissect(whole.slice(0, 60), { originalLength: whole.length })
    expect([malformed?.layer, malformed?.cause, isCut]).toEqual(['ethernet', 'cut', true])
    expect(summary).toBe('VXLAN 5 │ 192.168.150.11:55555 → 192.168.150.12:4789 UDP (ethernet cut by the capture)')
  })

  it('does not complain when only payload is cut', () => {
    const whole = frame(over4(6, tcp(zeros(1000))))
    const { malformed, isCut, layers } = dissect(whole.slice(0, 96), { originalLength: whole.length })
    expect([malformed, isCut, layers.at(-1)?.payload]).toEqual([undefined, true, { offset: 54, length: 1000 }])
  })

  it('refuses other link types', () => {
    expect(dissect(frame(ping(1, 1)), { linkType: 276 })).toMatchObject({ layers: [], malformed: { reason: 'link type 276 is not Ethernet' } })
  })
})

describe('accessors', () => {
  const nested = dissect(frame(
    [...ethernet(0x8100), ...vlan(150, 0x0800), ...tunnelled(1507, tunnelled(9, [...ethernet(0x8100), ...vlan(7, 0x0800), ...ping(3, 4).slice(14)])).slice(14)],
  ))

  it('tell the wire from the guest', () => {
    const inner: Frame | undefined = innerMost(nested)
    expect(outerVlanIds(nested)).toEqual([150])
    expect(innerVlanIds(nested)).toEqual([7])
    expect([vni(nested), vnis(nested)]).toEqual([1507, [1507, 9]])
    expect([l3(nested)?.source, l4(nested)?.protocol, inner?.icmp?.sequence]).toEqual(['10.0.0.5', 'icmp', 4])
  })

  it('have nothing to say of an empty frame', () => {
    const nothing = dissect(new Uint8Array())
    expect([innerMost(nothing), l3(nothing), l4(nothing), vni(nothing), outerVlanIds(nothing)]).toEqual([undefined, undefined, undefined, undefined, []])
    expect(nothing.summary).toBe('no Ethernet frame (malformed ethernet: 6 bytes are needed, 0 are there)')
  })
})
