// Conditions of iptables and ebtables by option: each entry makes of the option's words a question about a packet. A module's own
// options stand as `<module> <option>` where another module has the same word. To understand another one is to add a line.

import { etherTypeOf, isGroupMac } from '../../frame'
import { ipv4, isInPrefix, parsePrefix } from '../../address'
import type { Match, Subject } from './subject'

export type MatchTable = Readonly<Record<string, (words: readonly string[]) => Match>>

const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  udp: 17,
  gre: 47,
  'ipv6-icmp': 58,
  icmpv6: 58,
  sctp: 132,
  esp: 50,
  ah: 51,
  vrrp: 112,
}

const ICMP_TYPES: Readonly<Record<string, number>> = {
  'echo-reply': 0,
  'destination-unreachable': 3,
  'echo-request': 8,
  'time-exceeded': 11,
}

const field =
  (of: (subject: Subject) => string | null | undefined, wanted: string | undefined): Match =>
  (subject) => {
    const value = of(subject)
    return value === undefined ? null : value !== null && value === wanted
  }

/** `tap+` is any device whose name begins so. */
const device =
  (of: (subject: Subject) => string | null) =>
  ([name = '']: readonly string[]): Match =>
    name.endsWith('+') ? (subject) => of(subject)?.startsWith(name.slice(0, -1)) ?? false : field(of, name)

/** An address that is not IP at all matches no prefix. */
const prefix =
  (of: (subject: Subject) => string | null | undefined) =>
  ([text = '']: readonly string[]): Match => {
    const wanted = parsePrefix(text)
    return (subject) => {
      const address = of(subject)
      if (wanted === null) return null
      return address !== null && address !== undefined && isInPrefix(address, wanted)
    }
  }

/** `10.0.0.1-10.0.0.9`; of IPv6 it is not known. */
const addressRange =
  (of: (subject: Subject) => string | undefined) =>
  ([text = '']: readonly string[]): Match => {
    const [first, last] = text.split('-').map((address) => ipv4(address))
    return (subject) => {
      const address = ipv4(of(subject) ?? '')
      if (first == null || last == null) return null
      return address !== null && first <= address && address <= last
    }
  }

const mac =
  (of: (subject: Subject) => string | undefined) =>
  ([text = '']: readonly string[]): Match => {
    const wanted = text.toLowerCase()
    const named = { broadcast: 'ff:ff:ff:ff:ff:ff', bga: '01:80:c2:00:00:00', unicast: false, multicast: true }[wanted]
    if (typeof named === 'boolean') return (subject) => isGroupMac(of(subject) ?? '') === named
    const [address = '', mask] = (named ?? wanted).split('/')
    if (mask === undefined) return (subject) => of(subject) === address
    const [bits, value] = [macNumber(mask), macNumber(address)]
    return (subject) => (macNumber(of(subject) ?? '') & bits) === (value & bits)
  }

const MAC = /^[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}$/

/** -1: it is none. */
function macNumber(text: string): bigint {
  if (!MAC.test(text)) return -1n
  const octets = text.split(':').map((octet) => octet.padStart(2, '0'))
  return BigInt(`0x${octets.join('')}`)
}

/** `80`, `1024:65535`, `:1023` */
function isInRange(value: number, range: string): boolean {
  const [from, to = from] = range.split(':')
  return value >= Number(from === '' ? 0 : from) && value <= Number(to === '' ? 65535 : to)
}

type Side = 'sourcePort' | 'destinationPort'

function portOf({ ip }: Subject, side: Side): number | null | undefined {
  if (ip?.transport.kind === 'none') return ip.fragment === 'later' ? null : undefined
  return ip && ip.transport.kind !== 'icmp' ? ip.transport[side] : null
}

const ports =
  (...sides: readonly Side[]) =>
  ([list = '']: readonly string[]): Match =>
  (subject) => {
    const values = sides.map((side) => portOf(subject, side))
    if (values.includes(undefined)) return null
    return values.some((value) => typeof value === 'number' && list.split(',').some((range) => isInRange(value, range)))
  }

const number = (text: string): number => Number(text)

/** `0x1`, `0x1/0xff` */
const marked =
  (of: (subject: Subject) => number | null) =>
  ([text = '']: readonly string[]): Match => {
    const [value = '', mask = '0xffffffff'] = text.split('/')
    return (subject) => {
      const mark = of(subject)
      return mark === null ? null : (mark & number(mask)) >>> 0 === number(value) >>> 0
    }
  }

/** NAT is of the connection, whichever way its packet goes; whether it has any is known where its state is. */
const states = ([list = '']: readonly string[]): Match => {
  const wanted = list.split(',')
  return ({ state, nat }) =>
    state === null ? null : wanted.some((each) => each === state || (each === 'DNAT' && nat.dnat) || (each === 'SNAT' && nat.snat))
}

const icmpType = ([text = '']: readonly string[]): Match => {
  const [type = '', code] = text.split('/')
  const wanted = ICMP_TYPES[type] ?? Number(type)
  if (type === 'any') return ({ ip }) => ip?.transport.kind === 'icmp'
  if (!Number.isInteger(wanted)) return () => null
  return ({ ip }) =>
    ip?.transport.kind === 'icmp' && ip.transport.type === wanted && (code === undefined || ip.transport.code === Number(code))
}

const TCP_FLAGS: Readonly<Record<string, number>> = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16, URG: 32, ALL: 63, NONE: 0 }
const flagBits = (list: string): number => list.split(',').reduce((bits, flag) => bits | (TCP_FLAGS[flag] ?? 0), 0)
const tcpFlags =
  ([mask = '', wanted = '']: readonly string[]): Match =>
  ({ ip }) =>
    ip?.transport.kind === 'tcp' && (ip.transport.flags & flagBits(mask)) === flagBits(wanted)

const protocol = ([name = '']: readonly string[]): Match => {
  const wanted = name === 'all' ? 0 : (PROTOCOLS[name] ?? Number(name))
  if (!Number.isInteger(wanted)) return () => null
  return wanted === 0 ? () => true : ({ ip }) => ip?.protocol === wanted
}

const addressType =
  (side: 'source' | 'destination') =>
  ([list = '']: readonly string[]): Match =>
  ({ ip, addressType: typeOf }) => {
    const type = ip && typeOf(ip[side])
    return type === null ? null : list.split(',').includes(type)
  }

export const ipMatches: MatchTable = {
  '-s': prefix(({ ip }) => ip?.source),
  '-d': prefix(({ ip }) => ip?.destination),
  '-i': device(({ inDevice }) => inDevice),
  '-o': device(({ outDevice }) => outDevice),
  '-p': protocol,
  '-f':
    () =>
    ({ ip }) =>
      ip?.fragment === 'later',
  '--sport': ports('sourcePort'),
  '--dport': ports('destinationPort'),
  '--sports': ports('sourcePort'),
  '--dports': ports('destinationPort'),
  '--ports': ports('sourcePort', 'destinationPort'),
  '--tcp-flags': tcpFlags,
  '--syn': () => tcpFlags(['FIN,SYN,RST,ACK', 'SYN']),
  '--icmp-type': icmpType,
  '--icmpv6-type': icmpType,
  '--state': states,
  '--ctstate': states,
  '--ctdir':
    ([direction = '']) =>
    ({ isReply }) =>
      isReply === null ? null : isReply === (direction === 'REPLY'),
  '--mark': marked(({ mark }) => mark),
  'connmark --mark': marked(({ connectionMark }) => connectionMark),
  '--mac-source': mac(({ frame }) => frame.sourceMac),
  '--physdev-in': device(({ physIn }) => physIn),
  '--physdev-out': device(({ physOut }) => physOut),
  '--physdev-is-in':
    () =>
    ({ physIn }) =>
      physIn !== null,
  '--physdev-is-out':
    () =>
    ({ physOut }) =>
      physOut !== null,
  '--physdev-is-bridged':
    () =>
    ({ isBridged }) =>
      isBridged,
  '--match-set':
    ([name = '', fields = '']) =>
    ({ isInSet }) =>
      isInSet(name, fields.split(',')),
  '--src-range': addressRange(({ ip }) => ip?.source),
  '--dst-range': addressRange(({ ip }) => ip?.destination),
  '--src-type': addressType('source'),
  '--dst-type': addressType('destination'),
}

const ETHER_TYPES: Readonly<Record<string, number>> = {
  arp: 0x0806,
  ipv4: 0x0800,
  ip: 0x0800,
  ipv6: 0x86dd,
  '802_1q': 0x8100,
  's-tag': 0x88a8,
}

/** The outermost type: of a tagged frame the tag's. */
const etherType = ([name = '']: readonly string[]): Match => {
  const wanted = ETHER_TYPES[name.toLowerCase()] ?? Number(name)
  if (!Number.isInteger(wanted)) return () => null
  return ({ frame }) => (frame.vlans[0]?.tpid ?? etherTypeOf(frame)) === wanted
}

const arpOperation = ([name = '']: readonly string[]): Match => {
  const wanted = { request: 1, reply: 2 }[name.toLowerCase()] ?? Number(name)
  return ({ arp }) => (Number.isInteger(wanted) ? arp?.operation === wanted : null)
}

export const bridgeMatches: MatchTable = {
  '-p': etherType,
  '-s': mac(({ frame }) => frame.sourceMac),
  '-d': mac(({ frame }) => frame.destinationMac),
  '-i': device(({ inDevice }) => inDevice),
  '-o': device(({ outDevice }) => outDevice),
  '--arp-ip-src': prefix(({ arp }) => arp?.senderIp),
  '--arp-ip-dst': prefix(({ arp }) => arp?.targetIp),
  '--arp-mac-src': mac(({ arp }) => arp?.senderMac),
  '--arp-mac-dst': mac(({ arp }) => arp?.targetMac),
  '--arp-op': arpOperation,
  '--arp-opcode': arpOperation,
  '--ip-src': prefix(({ ip }) => ip?.source),
  '--ip-dst': prefix(({ ip }) => ip?.destination),
  '--ip-source': prefix(({ ip }) => ip?.source),
  '--ip-destination': prefix(({ ip }) => ip?.destination),
  '--ip-proto': protocol,
  '--ip-protocol': protocol,
  '--ip-sport': ports('sourcePort'),
  '--ip-dport': ports('destinationPort'),
  '--vlan-id':
    ([id = '']) =>
    ({ frame }) =>
      frame.vlans[0]?.vlanId === Number(id),
}
