// Frame ↔ packet. Into words go the headers that Open vSwitch parses: at most so many VLAN tags as its vlan-limit says (one,
// unless told otherwise); what stands behind is payload, its EtherType is the next tag's (ovs-vswitchd.conf.db(5), vlan-limit).
// Out of words comes a frame again; what has no words (a tunnelled frame, further tags) is taken from the frame that came in.

import ipaddr from 'ipaddr.js'
import { parseIpv6 } from '../../ipv6'
import type { Frame, IpPayload, Payload, Transport, VlanTag } from '../frame'
import { etherTypeOf } from '../frame'
import { ipv4 } from '../address'
import { firstWord, wordsIn } from './layout'
import { CFI, ETH_ARP, ETH_IPV4, ETH_IPV6, Packet, VID } from './packet'

const ICMP = 1
const TCP = 6
const UDP = 17
const SCTP = 132
const ICMP6 = 58
const HAS_PORTS = new Set([ICMP, TCP, UDP, SCTP, ICMP6])
const NEIGHBOUR_SOLICITATION = 135
const NEIGHBOUR_ADVERTISEMENT = 136
const FRAGMENTS = { none: 0, first: 1, later: 3 } as const
/** Told by nobody; a flow that matches on one leaves us in doubt. */
const NEVER_KNOWN = ['pkt_mark', 'skb_priority', 'dp_hash'] as const

export function packetOf(frame: Frame, vlanLimit: number): Packet {
  const packet = new Packet()
  for (const name of NEVER_KNOWN) packet.mark('unknown', name)
  packet.set('actset_output', 0xffffffff)
  putMac(packet, 'dl_src', frame.sourceMac)
  putMac(packet, 'dl_dst', frame.destinationMac)
  frame.vlans.slice(0, vlanLimit).forEach((tag, index) => putTag(packet, index === 0 ? '' : '1', tag))
  const hidden = frame.vlans[vlanLimit]
  packet.set('dl_type', hidden ? hidden.tpid : etherTypeOf(frame))
  if (!hidden) putPayload(packet, frame.payload)
  return packet
}

/** What came in: whatever has no field, or was not written, is taken from it. */
export interface Origin {
  readonly frame: Frame
  readonly vlanLimit: number
  readonly words: Uint32Array
}

export const originOf = (frame: Frame, vlanLimit: number, { words }: Packet): Origin => ({ frame, vlanLimit, words: words.slice() })

/** The frame as it stands now, if it left. */
export function frameOf(packet: Packet, origin: Origin): Frame {
  const { frame, vlanLimit, words } = origin
  const isOpaque = frame.vlans.length > vlanLimit || !isWritten(packet, words, PAYLOAD)
  return {
    sourceMac: isWritten(packet, words, SOURCE_MAC) ? macAt(packet, 'dl_src') : frame.sourceMac,
    destinationMac: isWritten(packet, words, DESTINATION_MAC) ? macAt(packet, 'dl_dst') : frame.destinationMac,
    vlans: [...tagsAt(packet), ...frame.vlans.slice(vlanLimit)],
    payload: isOpaque ? frame.payload : payloadOf(packet, frame.payload),
  }
}

function isWritten({ words }: Packet, before: Uint32Array, at: readonly number[]): boolean {
  for (const word of at) if (words[word] !== before[word]) return true
  return false
}

const [SOURCE_MAC, DESTINATION_MAC] = [wordsIn('dl_src'), wordsIn('dl_dst')]
const PAYLOAD = [
  'dl_type', 'nw_src', 'nw_dst', 'ipv6_src', 'ipv6_dst', 'ipv6_label', 'nw_proto', 'nw_tos', 'nw_ttl', 'nw_frag',
  'arp_sha', 'arp_tha', 'nd_target', 'tp_src', 'tp_dst', 'tcp_flags',
].flatMap(wordsIn) // prettier-ignore

function putTag(packet: Packet, which: '' | '1', { tpid, vlanId, pcp }: VlanTag): void {
  packet.set(`vlan_tci${which}`, (pcp << 13) | CFI | vlanId)
  packet.set(`vlan_tpid${which}`, tpid)
}

function tagAt(packet: Packet, which: '' | '1'): VlanTag[] {
  const tci = packet.get(`vlan_tci${which}`)
  if ((tci & CFI) === 0) return []
  return [{ tpid: packet.get(`vlan_tpid${which}`) || 0x8100, vlanId: tci & VID, pcp: tci >>> 13 }]
}

/** What stands behind an outer tag that was taken away is none (flow_count_vlan_headers). */
function tagsAt(packet: Packet): VlanTag[] {
  const outer = tagAt(packet, '')
  return outer.length === 0 ? outer : [...outer, ...tagAt(packet, '1')]
}

function putPayload(packet: Packet, payload: Payload): void {
  if (payload.kind === 'arp') {
    packet.set('nw_proto', payload.operation)
    putIpv4(packet, 'nw_src', payload.senderIp)
    putIpv4(packet, 'nw_dst', payload.targetIp)
    putMac(packet, 'arp_sha', payload.senderMac)
    putMac(packet, 'arp_tha', payload.targetMac)
  } else if (payload.kind !== 'other') putIp(packet, payload)
}

function putIp(packet: Packet, payload: IpPayload): void {
  if (payload.kind === 'ipv4') {
    putIpv4(packet, 'nw_src', payload.source)
    putIpv4(packet, 'nw_dst', payload.destination)
  } else {
    putIpv6(packet, 'ipv6_src', payload.source)
    putIpv6(packet, 'ipv6_dst', payload.destination)
    packet.mark('unknown', 'ipv6_label')
  }
  packet.set('nw_proto', payload.protocol)
  packet.set('nw_tos', payload.tos)
  packet.set('nw_ttl', payload.ttl)
  packet.set('nw_frag', FRAGMENTS[payload.fragment])
  if (payload.fragment !== 'later') putTransport(packet, payload)
}

/** Of a first fragment too, although the tables see no ports of it (translation.ts). */
function putTransport(packet: Packet, { transport, protocol, kind }: IpPayload): void {
  switch (transport.kind) {
    case 'icmp':
      packet.set('tp_src', transport.type)
      packet.set('tp_dst', transport.code)
      if (kind === 'ipv6' && protocol === ICMP6) putNeighbour(packet, transport)
      break
    case 'none':
      if (HAS_PORTS.has(protocol)) for (const name of ['tp_src', 'tp_dst', 'tcp_flags']) packet.mark('unknown', name)
      break
    default:
      packet.set('tp_src', transport.sourcePort)
      packet.set('tp_dst', transport.destinationPort)
      if (transport.kind === 'tcp') packet.set('tcp_flags', transport.flags)
  }
}

function putNeighbour(packet: Packet, { type, neighbour }: Extract<Transport, { kind: 'icmp' }>): void {
  if (type !== NEIGHBOUR_SOLICITATION && type !== NEIGHBOUR_ADVERTISEMENT) return
  if (!neighbour) {
    for (const name of ['nd_target', 'nd_sll', 'nd_tll']) packet.mark('unknown', name)
    return
  }
  putIpv6(packet, 'nd_target', neighbour.target)
  putMac(packet, 'nd_sll', neighbour.sourceMac ?? '00:00:00:00:00:00')
  putMac(packet, 'nd_tll', neighbour.targetMac ?? '00:00:00:00:00:00')
}

function payloadOf(packet: Packet, origin: Payload): Payload {
  const type = packet.get('dl_type')
  if (origin.kind === 'arp' && type === ETH_ARP) {
    return {
      kind: 'arp',
      operation: packet.get('nw_proto'),
      senderMac: macAt(packet, 'arp_sha'),
      senderIp: ipv4At(packet, 'nw_src'),
      targetMac: macAt(packet, 'arp_tha'),
      targetIp: ipv4At(packet, 'nw_dst'),
    }
  }
  if (origin.kind === 'arp' || origin.kind === 'other' || (type !== ETH_IPV4 && type !== ETH_IPV6)) return origin
  const [source, destination] =
    type === ETH_IPV4 ? [ipv4At(packet, 'nw_src'), ipv4At(packet, 'nw_dst')] : [ipv6At(packet, 'ipv6_src'), ipv6At(packet, 'ipv6_dst')]
  return { ...origin, source, destination, ttl: packet.get('nw_ttl'), tos: packet.get('nw_tos'), transport: transportOf(packet, origin) }
}

function transportOf(packet: Packet, { transport, fragment }: IpPayload): Transport {
  if (fragment === 'later' || transport.kind === 'none') return transport
  const [first, second] = [packet.get('tp_src'), packet.get('tp_dst')]
  if (transport.kind !== 'icmp') return { ...transport, sourcePort: first, destinationPort: second }
  const { neighbour } = transport
  if (!neighbour) return { ...transport, type: first, code: second }
  const mac = (name: string, was: string | null) => (was === null ? null : macAt(packet, name))
  return {
    ...transport,
    type: first,
    code: second,
    neighbour: {
      target: ipv6At(packet, 'nd_target'),
      sourceMac: mac('nd_sll', neighbour.sourceMac),
      targetMac: mac('nd_tll', neighbour.targetMac),
    },
  }
}

function putMac(packet: Packet, name: string, mac: string): void {
  packet.writeWords(firstWord(name), [hexAt(mac, 0, 5), hexAt(mac, 6, 17)])
}

/** Digits between two places, colons left out. */
function hexAt(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code !== COLON) value = (value << 4) | (code <= NINE ? code & 15 : (code & 15) + 9)
  }
  return value >>> 0
}

const COLON = 58
const NINE = 57

export function putIpv4(packet: Packet, name: string, address: string): void {
  packet.writeWords(firstWord(name), [ipv4(address) ?? 0])
}

export function putIpv6(packet: Packet, name: string, address: string): void {
  const parts = parseIpv6(address).parts
  packet.writeWords(
    firstWord(name),
    [0, 2, 4, 6].map((index) => (((parts[index] ?? 0) << 16) | (parts[index + 1] ?? 0)) >>> 0),
  )
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

export function macAt({ words }: Packet, name: string): string {
  const first = firstWord(name)
  const digits = hex(words[first] ?? 0, 4) + hex(words[first + 1] ?? 0, 8)
  return digits.replaceAll(/..(?!$)/g, '$&:')
}

export function ipv4At({ words }: Packet, name: string): string {
  const value = words[firstWord(name)] ?? 0
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

export function ipv6At({ words }: Packet, name: string): string {
  const first = firstWord(name)
  const parts = [0, 1, 2, 3].flatMap((index) => [(words[first + index] ?? 0) >>> 16, (words[first + index] ?? 0) & 0xffff])
  return new ipaddr.IPv6(parts).toRFC5952String()
}
