import { describe as suite, expect, it } from 'vitest'
import { describeHeader } from '../explain/packet'
import { headerShape } from './headers'
import {
  arp,
  BROADCAST,
  type Bytes,
  dhcp,
  ethernet,
  frame,
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
import { capture, packet } from './testing/captures'

const echo = {
  ethernet: { source: MAC_A, destination: MAC_B, type: 0x0800 },
  ipv4: { source: '10.0.0.5', destination: '10.0.0.6', ttl: 64, payloadProtocol: 1 },
  icmp: { type: 8, code: 0, identifier: 12, sequence: 3 },
}
const bare = { innerVlanIds: [], innerVnis: [] }
const tagged = (...ids: number[]): Bytes => {
  const tags = ids.map((id, index) => vlan(id, index === ids.length - 1 ? 0x0800 : 0x8100))
  return [...ethernet(0x8100), ...tags.flat(), ...ping(12, 3).slice(14)]
}
const ends = { outerSource: '192.168.150.11', outerDestination: '192.168.150.12' }
const words = `${MAC_A} → ${MAC_B} IPv4 10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 3`

suite('headerShape and its words', () => {
  it.each([
    ['untagged', ping(12, 3), { encapsulation: 'untagged', ...bare }, `untagged │ ${words}`],
    ['802.1Q', tagged(120), { encapsulation: { kind: 'dot1q', vlanId: 120 }, ...bare }, `802.1Q 120 │ ${words}`],
    [
      'QinQ',
      tagged(120, 101),
      { encapsulation: { kind: 'dot1q', vlanId: 120 }, innerVlanIds: [101], innerVnis: [] },
      `802.1Q 120 │ 802.1Q 101 │ ${words}`,
    ],
    ['a priority tag', tagged(0), { encapsulation: 'untagged', ...bare }, `untagged │ ${words}`],
    [
      'VXLAN',
      tunnelled(1507, ping(12, 3)),
      { encapsulation: { kind: 'vxlan', vni: 1507, ...ends, outerVlanIds: [] }, ...bare },
      `VXLAN 1507 192.168.150.11 → 192.168.150.12 │ ${words}`,
    ],
    [
      'a tag left in VXLAN',
      tunnelled(1507, tagged(3)),
      { encapsulation: { kind: 'vxlan', vni: 1507, ...ends, outerVlanIds: [] }, innerVlanIds: [3], innerVnis: [] },
      `VXLAN 1507 192.168.150.11 → 192.168.150.12 │ 802.1Q 3 │ ${words}`,
    ],
    [
      'VXLAN on a tagged underlay, with a guest tunnel inside',
      [...ethernet(0x8100), ...vlan(150, 0x0800), ...tunnelled(1507, tunnelled(9, ping(12, 3))).slice(14)],
      { encapsulation: { kind: 'vxlan', vni: 1507, ...ends, outerVlanIds: [150] }, innerVlanIds: [], innerVnis: [9] },
      `802.1Q 150 │ VXLAN 1507 192.168.150.11 → 192.168.150.12 │ VXLAN 9 │ ${words}`,
    ],
  ])('%s', (_, bytes, wrapping, text) => {
    const shape = headerShape(packet(frame(bytes)))
    expect(shape).toStrictEqual({ ...wrapping, ...echo })
    expect(shape && describeHeader(shape)).toBe(text)
    expect(JSON.parse(JSON.stringify(shape))).toStrictEqual(shape)
  })

  it.each([
    [
      'ARP',
      [...ethernet(0x0806, { destination: BROADCAST }), ...arp(1, [MAC_A, '10.0.0.5'], [BROADCAST, '10.0.0.6'])],
      `untagged │ ${MAC_A} → ${BROADCAST} ARP who has 10.0.0.6? tell 10.0.0.5`,
    ],
    [
      'TCP',
      [...ethernet(0x0800), ...ipv4(6, tcp([]))],
      `untagged │ ${MAC_A} → ${MAC_B} IPv4 10.0.0.5:40000 → 10.0.0.6:22 TCP ACK seq 1000`,
    ],
    [
      'DHCP',
      [...ethernet(0x0800), ...ipv4(17, udp(68, 67, dhcp(1, [53, 1, 1, 255])))],
      `untagged │ ${MAC_A} → ${MAC_B} IPv4 10.0.0.5:68 → 10.0.0.6:67 DHCP discover from client ${MAC_A}`,
    ],
    ['LLDP', [...ethernet(0x88cc), ...zeros(8)], `untagged │ ${MAC_A} → ${MAC_B} LLDP`],
  ])('%s in words', (_, bytes, text) => {
    const shape = headerShape(packet(frame(bytes)))
    expect(shape && describeHeader(shape)).toBe(text)
  })

  it('has no shape without an Ethernet header', () => {
    expect(headerShape(packet(new Uint8Array(13)))).toBeUndefined()
  })

  it('says of a real packet what tcpdump says', () => {
    const shapes = capture('h1/eth1-underlay').slice(0, 2).map(headerShape)
    expect(shapes.map((shape) => shape && describeHeader(shape))).toEqual([
      'VXLAN 1507 10.98.0.11 → 10.98.0.12 │ fa:16:3e:5e:1a:6f → fa:16:3e:da:ec:c3 IPv4 10.0.1.11 → 10.0.1.12 ICMP echo request id 17231 seq 1',
      'VXLAN 1507 10.98.0.12 → 10.98.0.11 │ fa:16:3e:da:ec:c3 → fa:16:3e:5e:1a:6f IPv4 10.0.1.12 → 10.0.1.11 ICMP echo reply id 17231 seq 1',
    ])
  })
})
