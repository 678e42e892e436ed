import { describe, expect, it } from 'vitest'
import { explainMalformed, summaryOf } from '../explain/packet'
import { dissect, MAX_LAYERS } from './dissect'
import {
  type Bytes,
  dhcp,
  ethernet,
  frame,
  ip6,
  ipv4,
  ipv6,
  MAC_A,
  mac,
  ping,
  tcp,
  tunnelled,
  udp,
  vlan,
  vxlan,
  zeros,
} from './testing/build-frame'

const solicitation = [135, 0, 0, 0, ...zeros(4), ...ip6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 1, 1, ...mac(MAC_A)]
const over4 = (protocol: number, payload: Bytes) => [...ethernet(0x0800), ...ipv4(protocol, payload)]
const over6 = (next: number, payload: Bytes) => [...ethernet(0x86dd), ...ipv6(next, payload)]

describe('what is wrong with a frame', () => {
  const inTunnels = (depth: number): Bytes => (depth === 0 ? ping(1, 1) : tunnelled(depth, inTunnels(depth - 1)))
  const tags = (count: number) => Array.from({ length: count }, () => vlan(1, 0x8100)).flat()
  const withIp = (change: (bytes: number[]) => void) => {
    const bytes = [...ping(1, 1)]
    change(bytes)
    return bytes
  }
  const invalid = (layer: string, offset: number, reason: string, isMissing = true) => ({
    layer,
    cause: 'invalid',
    offset,
    reason,
    isMissing,
  })
  const questions = [...zeros(5), 1, ...zeros(6)]

  it.each([
    ['nothing', [], invalid('ethernet', 0, '6 bytes are needed, 0 are there')],
    ['half an Ethernet header', ethernet(0x0800).slice(0, 8), invalid('ethernet', 6, '6 bytes are needed, 2 are there')],
    ['version 5', withIp((b) => (b[14] = 0x55)), invalid('ipv4', 14, 'the version is 5, not 4')],
    ['a header length of 4', withIp((b) => (b[14] = 0x41)), invalid('ipv4', 14, 'a header of 4 bytes is too short')],
    ['a total length of 19', withIp((b) => (b[17] = 19)), invalid('ipv4', 30, 'a total length of 19 ends inside the header')],
    [
      'a total length that is too long',
      withIp((b) => (b[16] = 9)),
      invalid('ipv4', 30, 'a total length of 2388 reaches beyond the frame', false),
    ],
    ['a UDP length of 7', over4(17, udp(1, 2, [], 7)), invalid('udp', 40, 'a length of 7 is shorter than the header')],
    [
      'VXLAN without a valid VNI',
      over4(17, udp(1, 4789, vxlan(5, ping(1, 1), 0))),
      invalid('vxlan', 42, 'the flag for a valid VNI is not set'),
    ],
    ['IPv6 in an IPv4 frame', [...ethernet(0x0800), ...ipv6(58, [])], invalid('ipv4', 14, 'the version is 6, not 4')],
    [
      'ARP for another hardware',
      [...ethernet(0x0806), 0, 6, 8, 0, 6, 4, ...zeros(22)],
      invalid('arp', 19, 'only ARP for IPv4 over Ethernet is known'),
    ],
    [
      'a TCP header that is too short',
      over4(6, [...tcp([]).slice(0, 12), 0x10, ...zeros(7)]),
      invalid('tcp', 46, 'a header of 4 bytes is too short'),
    ],
    [
      'TCP options beyond the packet',
      over4(6, tcp([], { options: [2, 4, 5, 0xb4] }).slice(0, 20)),
      invalid('tcp', 54, '1 bytes are needed, 0 are there', false),
    ],
    [
      'a discovery option without length',
      over6(58, [...solicitation.slice(0, 24), 1, 0]),
      invalid('icmpv6', 79, 'a discovery option has no length', false),
    ],
    [
      'BOOTP without options',
      over4(17, udp(68, 67, dhcp(1, []).slice(0, 236))),
      invalid('dhcp', 278, '4 bytes are needed, 0 are there', false),
    ],
    [
      'a DNS pointer to itself',
      over4(17, udp(1, 53, [...questions, 0xc0, 12, ...zeros(4)])),
      invalid('dns', 54, 'a name runs out of the message or points forward', false),
    ],
    ['too many tunnels', inTunnels(5), invalid('vxlan', 242, 'more than 4 tunnels')],
    ['too many tags', [...ethernet(0x8100), ...tags(MAX_LAYERS), ...zeros(60)], invalid('vlan', 138, 'more than 32 headers')],
  ])('%s', (_, bytes, malformed) => {
    const found = dissect(frame(bytes)).malformed!
    expect({ ...found, reason: explainMalformed(found.reason) }).toMatchObject(malformed)
  })

  it('keeps what it could read of a broken header', () => {
    const dissection = dissect(frame(over4(17, [0, 80, 0, 81, 0])))
    const { layers, malformed } = dissection
    expect(layers.map(({ protocol }) => protocol)).toEqual(['ethernet', 'ipv4'])
    expect(malformed?.fields.map(({ name, value }) => [name, value])).toEqual([
      ['sourcePort', 80],
      ['destinationPort', 81],
    ])
    expect(summaryOf(dissection)).toBe('10.0.0.5 → 10.0.0.6 UDP (malformed udp: 2 bytes are needed, 1 are there)')
  })

  it('tells a cut by the capture from a fault of the packet', () => {
    const whole = frame(tunnelled(5, ping(1, 1)))
    const dissection = dissect(whole.slice(0, 60), { originalLength: whole.length })
    const { malformed, isCut } = dissection
    expect([malformed?.layer, malformed?.cause, isCut]).toEqual(['ethernet', 'cut', true])
    expect(summaryOf(dissection)).toBe('VXLAN 5 │ 192.168.150.11:55555 → 192.168.150.12:4789 UDP (ethernet cut by the capture)')
  })

  it('does not complain when only payload is cut', () => {
    const whole = frame(over4(6, tcp(zeros(1000))))
    const { malformed, isCut, layers } = dissect(whole.slice(0, 96), { originalLength: whole.length })
    expect([malformed, isCut, layers.at(-1)?.payload]).toEqual([undefined, true, { offset: 54, length: 1000 }])
  })

  it('refuses other link types', () => {
    const { layers, malformed } = dissect(frame(ping(1, 1)), { linkType: 276 })
    expect([layers, malformed && explainMalformed(malformed.reason)]).toEqual([[], 'link type 276 is not Ethernet'])
  })
})
