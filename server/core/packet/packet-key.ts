// Who a packet is, so that the same one can be found at another capture point: what forwarding leaves alone. Taken
// from the innermost frame, after tags and tunnels are off; MAC addresses, TTL and checksums are left out, because
// routing rewrites them. Address translation is not seen through yet.
//
// What counts per kind (docs/reference/frames.md): ICMP id and sequence, ARP operation and addresses, TCP sequence
// range, DHCP transaction, IP identification (RFC 6864: 0 on many packets, so never enough alone) and some payload.

import type { CapturedPacket } from './captured-packet'
import { dissectLayers } from './dissect'
import { type DissectedLayers, type Frame, innerMost, payloadType } from './dissection'
import { hexDigits } from './bytes'
import type { Ipv4Layer } from './layers/ipv4'
import type { Ipv6Layer } from './layers/ipv6'
import type { Span } from './layers/layer'
import type { Segment } from './tcp-ranges'

/**
 * Bytes of payload that tell packets apart. Few, since the same packet is captured with less payload behind an outer
 * header: 32 fit the usual 256 bytes with room for every header.
 */
const DIGEST_LENGTH = 32

/** SYN and RST: offload neither cuts nor joins such segments, so they are matched whole. */
const CONTROL_FLAGS = 0x06

export interface PacketIdentity {
  /** One direction of one conversation. */
  readonly flow: string
  /** The flow and all that tells its packets apart, but for the payload. */
  readonly packet: string
  /** Undefined when the capture cut the payload before enough of it was there. */
  readonly payloadDigest: string | undefined
  /** The sender inside: IP address, or MAC address where there is no IP. */
  readonly source: string
  /** Bytes of the stream that a TCP segment carries; offload may cut or join segments on the way. */
  readonly tcpRange?: Segment
}

/** One text for one packet; equal texts at two points mean the same packet. Undefined for what cannot be told apart. */
export function packetKey(packet: CapturedPacket): string | undefined {
  const identity = packetIdentity(packet)
  return identity && keyOf(identity)
}

export function keyOf({ packet, payloadDigest = '?' }: Pick<PacketIdentity, 'packet' | 'payloadDigest'>): string {
  return `${packet} #${payloadDigest}`
}

function packetIdentity(packet: CapturedPacket): PacketIdentity | undefined {
  return identityOf(dissectLayers(packet.data, packet), packet.data)
}

export function identityOf(dissection: DissectedLayers, data: Uint8Array): PacketIdentity | undefined {
  const frame = innerMost(dissection)
  if (!frame || isHeaderCut(dissection)) return undefined
  const ip = frame.ipv4 ?? frame.ipv6
  if (ip) return ipIdentity(frame, ip, data)
  return frame.arp ? arpIdentity(frame.arp) : ethernetIdentity(frame, data)
}

/** Then what was captured is an outer header, or addresses without ports: it would pass for another packet. */
function isHeaderCut({ malformed }: DissectedLayers): boolean {
  return malformed?.cause === 'cut' && malformed.isMissing
}

/** The sender's MAC is part of it: two hosts that claim one address must not pass for one. */
function arpIdentity({ operation, senderMac, senderIp, targetIp }: NonNullable<Frame['arp']>): PacketIdentity {
  const flow = `arp ${senderIp}>${targetIp} op ${operation}`
  return { flow, packet: `${flow} ${senderMac}`, payloadDigest: '', source: senderIp }
}

function ethernetIdentity(frame: Frame, data: Uint8Array): PacketIdentity {
  const { source, destination } = frame.ethernet
  const flow = `ethernet ${source}>${destination} type ${payloadType(frame)}`
  const payload = frame.vlans.at(-1)?.payload ?? frame.ethernet.payload
  return { flow, packet: flow, payloadDigest: digest(data, payload), source }
}

function ipIdentity(frame: Frame, ip: Ipv4Layer | Ipv6Layer, data: Uint8Array): PacketIdentity {
  const { source, destination, payloadProtocol } = ip
  const transport = frame.tcp ?? frame.udp ?? frame.icmp ?? frame.icmpv6
  const payload = transport?.payload ?? ip.payload
  const flow = `ip ${source}>${destination} protocol ${payloadProtocol}${flowDetail(frame)}`
  const hasRange = frame.tcp && (frame.tcp.flags & CONTROL_FLAGS) === 0 && payload.length > 0
  const tcpRange = hasRange ? { sequence: frame.tcp.sequence, length: payload.length } : undefined
  const packet = `${flow}${packetDetail(frame)} ${ipDetail(ip)}`
  return { flow, packet, payloadDigest: digest(data, payload), source, ...(tcpRange && { tcpRange }) }
}

function flowDetail({ tcp, udp, icmp, icmpv6 }: Frame): string {
  const ports = tcp ?? udp
  if (ports) return ` ports ${ports.sourcePort}>${ports.destinationPort}`
  const message = icmp ?? icmpv6
  return message ? ` type ${message.type}/${message.code} id ${message.identifier ?? '-'}` : ''
}

/** The DHCP message type is not used: it lies so far back that one point may have captured it and the next not. */
function packetDetail({ tcp, dhcp, icmp, icmpv6 }: Frame): string {
  if (tcp) return ` seq ${tcp.sequence} ack ${tcp.acknowledgement} flags ${tcp.flags}`
  if (dhcp) return ` xid ${dhcp.transactionId}`
  const quoted = (icmp ?? icmpv6)?.quoted
  const about = quoted ? ` about ${quoted.source}>${quoted.destination}` : (icmpv6?.target ?? '')
  return ` seq ${(icmp ?? icmpv6)?.sequence ?? '-'}${about && ` ${about}`}`
}

/** The length is that of the IP packet, which padding and tunnels do not change. */
function ipDetail(ip: Ipv4Layer | Ipv6Layer): string {
  if (ip.protocol === 'ipv6') return `length ${ip.payloadLength} fragment ${ip.fragment?.offset ?? '-'}`
  return `ip id ${ip.identification} length ${ip.totalLength} fragment ${ip.fragmentOffset}`
}

/** FNV-1a over the start of the payload: it need not be strong, everything else has to agree as well. */
function digest(data: Uint8Array, payload: Span): string | undefined {
  const end = payload.offset + Math.min(payload.length, DIGEST_LENGTH)
  if (end > data.length) return undefined
  let hash = 0x811c9dc5
  for (const byte of data.subarray(payload.offset, end)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hexDigits(hash >>> 0, 8)
}
