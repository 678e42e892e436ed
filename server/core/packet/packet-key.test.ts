import { describe, expect, it } from 'vitest'
import { packetKey } from './packet-key'
import {
  arp,
  type Bytes,
  dhcp,
  ethernet,
  frame,
  icmpEcho,
  ipv4,
  MAC_A,
  MAC_B,
  ping,
  tcp,
  tunnelled,
  udp,
  vlan,
  zeros,
} from './testing/build-frame'
import { capture, cutTo, packet } from './testing/captures'

const over4 = (protocol: number, payload: Bytes, options = {}) => [...ethernet(0x0800), ...ipv4(protocol, payload, options)]
const key = (bytes: Bytes) => packetKey(packet(frame(bytes)))

describe('the same packet keeps its key', () => {
  const original = ping(12, 3)
  it.each([
    ['tagged', [...ethernet(0x8100), ...vlan(120, 0x0800), ...original.slice(14)]],
    ['tunnelled', tunnelled(1507, original)],
    ['routed', [...ethernet(0x0800, { source: MAC_B, destination: MAC_A }), ...ping(12, 3, { ttl: 63 }).slice(14)]],
    ['padded', [...original, ...zeros(4)]],
  ])('when it is %s', (_, bytes) => {
    expect(key(bytes)).toBe(key(original))
  })

  it('when the capture cuts it behind an outer header', () => {
    const long = over4(
      1,
      icmpEcho(
        8,
        12,
        3,
        Array.from({ length: 1422 }, () => 7),
      ),
    )
    const keys = [cutTo(256, frame(long)), cutTo(256, frame(tunnelled(1507, long)))].map(packetKey)
    expect(keys).toEqual([key(long), key(long)])
  })

  it('on every point of a real path', () => {
    const points = [
      capture('h1/tapf4513237-f5')[2],
      capture('h1/eth1-underlay')[0],
      capture('h2/eth1-underlay')[0],
      capture('h2/tap7668b6f4-2d')[0],
    ]
    const keys = new Set(points.map((seen) => seen && packetKey(seen)))
    expect([...keys]).toEqual(['ip 10.0.1.11>10.0.1.12 protocol 1 type 8/0 id 17231 seq 1 ip id 39603 length 84 fragment 0 #9b64a675'])
  })
})

describe('another packet has another key', () => {
  it.each([
    ['sequence', ping(12, 3), ping(12, 4)],
    ['identifier', ping(12, 3), ping(13, 3)],
    ['direction', ping(12, 3), over4(1, icmpEcho(0, 12, 3))],
    ['address', ping(12, 3), ping(12, 3, { source: '10.0.0.7' })],
    ['IP identification', ping(12, 3), ping(12, 3, { identification: 8 })],
    ['payload', over4(17, udp(1, 2, [1])), over4(17, udp(1, 2, [2]))],
    ['port', over4(17, udp(1, 2, [1])), over4(17, udp(1, 3, [1]))],
    ['DHCP transaction', over4(17, udp(68, 67, dhcp(1, []))), over4(17, udp(68, 67, dhcp(1, [], { transactionId: 5 })))],
    ['TCP sequence', over4(6, tcp([1])), over4(6, tcp([1], { sequence: 1001 }))],
    [
      'ARP target',
      [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6'])],
      [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.7'])],
    ],
    [
      'ARP sender',
      [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6'])],
      [...ethernet(0x0806), ...arp(1, [MAC_B, '10.0.0.5'], [MAC_B, '10.0.0.6'])],
    ],
    ['fragment', over4(17, zeros(8), { fragment: 0x2001 }), over4(17, zeros(8), { fragment: 0x2002 })],
    ['LLDP content', [...ethernet(0x88cc), 1], [...ethernet(0x88cc), 2]],
  ])('by its %s', (_, one, other) => {
    expect(key(one)).not.toBe(key(other))
  })
})

describe('a packet without a key', () => {
  const tunnelledPing = frame(tunnelled(1507, ping(12, 3)))
  it.each([8, 20, 45, 60, 70, 88])('is one whose headers end at %i bytes', (length) => {
    expect(packetKey(cutTo(length, tunnelledPing))).toBeUndefined()
  })
})
