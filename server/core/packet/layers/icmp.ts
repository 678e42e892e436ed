// ICMP for IPv4: echo with identifier and sequence, by which pings are told apart, and errors with the packet they
// complain about and, for "fragmentation needed", the MTU of the guilty hop.
//
// Rules: RFC 792, RFC 1191 section 4 (next-hop MTU), IANA "ICMP Parameters".

import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'
import { type QuotedPacket, readQuoted, readQuotedIpv4 } from './quoted-packet'

export interface IcmpLayer extends LayerBase {
  readonly protocol: 'icmp'
  readonly type: number
  readonly code: number
  /** Echo only, as the sequence. */
  readonly identifier?: number
  readonly sequence?: number
  /** Of the hop that could not forward a packet marked "don't fragment". */
  readonly mtu?: number
  /** The packet that an error is about. */
  readonly quoted?: QuotedPacket
}

export const IcmpType = { echoReply: 0, unreachable: 3, redirect: 5, echoRequest: 8, timeExceeded: 11 } as const

export const FRAGMENTATION_NEEDED = 4

const errorTypes = new Set<number>([IcmpType.unreachable, IcmpType.redirect, IcmpType.timeExceeded, 12])

export function decodeIcmp(reader: FieldReader): LayerStep<IcmpLayer> | undefined {
  const type = reader.u8('type')
  const code = reader.u8('code')
  reader.u16('checksum')
  const rest = readRestOfHeader(reader, type, code)
  const quoted = errorTypes.has(type) ? readQuoted(reader, readQuotedIpv4) : undefined
  return reader.finish({ protocol: 'icmp', type, code, ...rest, quoted })
}

type RestOfHeader = Pick<IcmpLayer, 'identifier' | 'sequence' | 'mtu'>

function readRestOfHeader(reader: FieldReader, type: number, code: number): RestOfHeader {
  if (type === IcmpType.echoRequest || type === IcmpType.echoReply) {
    return { identifier: reader.u16('identifier'), sequence: reader.u16('sequence') }
  }
  reader.take(2)
  if (type === IcmpType.unreachable && code === FRAGMENTATION_NEEDED) return { mtu: reader.u16('mtu') }
  reader.take(2)
  return {}
}
