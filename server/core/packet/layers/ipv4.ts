// IPv4 header: who sends to whom, and how far what follows reaches. Total length, not the frame's end, bounds the
// payload, because short frames are padded to 60 bytes.
//
// Rules: RFC 791 section 3.1, RFC 2474 and 3168 (DSCP, ECN), RFC 1071 (checksum).

import type { FieldReader } from './field-reader'
import { ipPayloadProtocol } from './ip-protocol'
import type { LayerBase, LayerStep, Span } from './layer'

export interface Ipv4Layer extends LayerBase {
  readonly protocol: 'ipv4'
  readonly dscp: number
  readonly totalLength: number
  readonly identification: number
  readonly isDontFragment: boolean
  readonly hasMoreFragments: boolean
  /** In bytes. */
  readonly fragmentOffset: number
  readonly ttl: number
  readonly payloadProtocol: number
  readonly isChecksumValid: boolean
  readonly source: string
  readonly destination: string
}

const MIN_HEADER_LENGTH = 20

export function decodeIpv4(reader: FieldReader): LayerStep<Ipv4Layer> | undefined {
  const start = reader.position
  const headerLength = readVersionAndLength(reader)
  const dscp = readTrafficClass(reader)
  const totalLength = reader.u16('totalLength')
  const identification = reader.u16('identification')
  const fragment = readFragment(reader)
  const ttl = reader.u8('ttl')
  const payloadProtocol = reader.u8('protocol')
  reader.u16('checksum')
  const isChecksumValid = isHeaderSumValid(reader.bytes.subarray(start, start + headerLength))
  const source = reader.ipv4('source')
  const destination = reader.ipv4('destination')
  readOptions(reader, headerLength - MIN_HEADER_LENGTH)
  const payload = payloadSpan(reader, start, totalLength)
  const next = fragment.fragmentOffset === 0 ? ipPayloadProtocol(4, payloadProtocol) : undefined
  const facts = { dscp, totalLength, identification, ttl, payloadProtocol, isChecksumValid, source, destination }
  return reader.finish({ protocol: 'ipv4', ...fragment, ...facts }, next, payload)
}

function readVersionAndLength(reader: FieldReader): number {
  const word = reader.raw(1)
  const version = reader.part('version', word >>> 4)
  const headerLength = reader.part('headerLength', (word & 0x0f) * 4)
  if (version !== 4) reader.fail({ code: 'version', params: { version, known: 4 } })
  if (headerLength < MIN_HEADER_LENGTH) reader.fail({ code: 'header-short', params: { bytes: headerLength } })
  return headerLength
}

function readTrafficClass(reader: FieldReader): number {
  const word = reader.raw(1)
  reader.part('ecn', word & 0x03)
  return reader.part('dscp', word >>> 2)
}

function readFragment(reader: FieldReader) {
  const word = reader.raw(2)
  return {
    isDontFragment: reader.part('dontFragment', (word & 0x4000) !== 0),
    hasMoreFragments: reader.part('moreFragments', (word & 0x2000) !== 0),
    fragmentOffset: reader.part('fragmentOffset', (word & 0x1fff) * 8),
  }
}

function readOptions(reader: FieldReader, length: number): void {
  if (length > 0) reader.section(length, (section) => section.part('options', section.take(length).length))
}

/** Segmentation offload above 64 KB leaves a total length of 0 (Linux BIG TCP): then the frame's end is all there is. */
function payloadSpan(reader: FieldReader, start: number, totalLength: number): Span {
  if (totalLength === 0) return reader.rest
  const length = start + totalLength - reader.position
  if (length < 0) reader.fail({ code: 'length-inside-header', params: { length: totalLength } })
  if (length > reader.rest.length) reader.complain({ code: 'length-beyond-frame', params: { length: totalLength } })
  return { offset: reader.position, length: Math.min(length, reader.rest.length) }
}

function isHeaderSumValid(header: Uint8Array): boolean {
  let sum = 0
  for (let index = 0; index < header.length; index += 2) sum += (header[index] ?? 0) * 256 + (header[index + 1] ?? 0)
  return ((sum & 0xffff) + (sum >>> 16)) % 0xffff === 0 && sum > 0
}
