// ICMP for IPv4: echo with identifier and sequence, by which pings are told apart, and errors with the packet they
// complain about and, for "fragmentation needed", the MTU of the guilty hop.
//
// Rules: RFC 792, RFC 1191 section 4 (next-hop MTU), IANA "ICMP Parameters".

import { hexNumber } from '../bytes'
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

const FRAGMENTATION_NEEDED = 4

const errorTypes = new Set<number>([IcmpType.unreachable, IcmpType.redirect, IcmpType.timeExceeded, 12])

const typeNames = new Map<number, string>([
  [IcmpType.echoReply, 'echo reply'],
  [IcmpType.unreachable, 'destination unreachable'],
  [IcmpType.redirect, 'redirect'],
  [IcmpType.echoRequest, 'echo request'],
  [IcmpType.timeExceeded, 'time exceeded'],
  [12, 'parameter problem'],
])

const unreachableNames = new Map<number, string>([
  [0, 'network unreachable'],
  [1, 'host unreachable'],
  [2, 'protocol unreachable'],
  [3, 'port unreachable'],
  [FRAGMENTATION_NEEDED, 'fragmentation needed'],
  [9, 'network prohibited'],
  [10, 'host prohibited'],
  [13, 'administratively prohibited'],
])

export function icmpTypeName(type: number, code: number): string {
  const specific = type === IcmpType.unreachable ? unreachableNames.get(code) : undefined
  return specific ?? typeNames.get(type) ?? `type ${type} code ${code}`
}

export function decodeIcmp(reader: FieldReader): LayerStep<IcmpLayer> | undefined {
  const type = reader.u8('type', (value) => `${typeNames.get(value) ?? 'unknown'} (${value})`)
  const code = reader.u8('code', (value) => `${icmpTypeName(type, value)} (${value})`)
  reader.u16('checksum', (value) => hexNumber(value, 4))
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
