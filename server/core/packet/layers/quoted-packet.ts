// The start of the packet that an ICMP or ICMPv6 error complains about: its addresses, and its ports where it had any.
// With them an error can be laid beside the flow that it killed.
//
// Rules: RFC 792 (IPv4 header plus 8 bytes at least), RFC 4443 section 2.4 (as much of the packet as fits).

import type { FieldReader } from './field-reader'

export interface QuotedPacket {
  readonly source: string
  readonly destination: string
  readonly payloadProtocol: number
}

type QuotedReader = (reader: FieldReader) => QuotedPacket

/** Long enough for the addresses and ports of either version without options; the rest is not looked at. */
const LONGEST_LOOK = 48

export function readQuoted(reader: FieldReader, read: QuotedReader): QuotedPacket | undefined {
  if (reader.failure) return undefined
  const quoted = reader.section(Math.min(reader.rest.length, LONGEST_LOOK), read)
  return reader.problem ? undefined : quoted
}

export function readQuotedIpv4(reader: FieldReader): QuotedPacket {
  const headerLength = (reader.raw(1) & 0x0f) * 4
  reader.take(8)
  const payloadProtocol = reader.u8('quotedProtocol')
  reader.take(2)
  const quoted = { source: reader.ipv4('quotedSource'), destination: reader.ipv4('quotedDestination'), payloadProtocol }
  if (headerLength === 20) readPorts(reader, payloadProtocol)
  return quoted
}

export function readQuotedIpv6(reader: FieldReader): QuotedPacket {
  reader.take(6)
  const payloadProtocol = reader.u8('quotedProtocol')
  reader.take(1)
  const quoted = { source: reader.ipv6('quotedSource'), destination: reader.ipv6('quotedDestination'), payloadProtocol }
  readPorts(reader, payloadProtocol)
  return quoted
}

function readPorts(reader: FieldReader, payloadProtocol: number): void {
  const hasPorts = payloadProtocol === 6 || payloadProtocol === 17
  if (!hasPorts || reader.remaining < 4) return
  reader.u16('quotedSourcePort')
  reader.u16('quotedDestinationPort')
}
