// TCP header with flags and the options that explain MTU trouble: segment size, window scale, SACK, timestamps.
// No stream is followed; the sequence range is what packet matching needs.
//
// Rules: RFC 9293 section 3.1, RFC 7323 (window scale, timestamps), RFC 2018 (SACK).

import type { FieldReader } from './field-reader'
import type { LayerBase, LayerStep } from './layer'

export interface TcpLayer extends LayerBase {
  readonly protocol: 'tcp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly sequence: number
  readonly acknowledgement: number
  /** The low eight bits; `tcpFlagsText` spells them out. */
  readonly flags: number
  readonly window: number
  readonly maximumSegmentSize?: number
}

const MIN_HEADER_LENGTH = 20
const END_OF_OPTIONS = 0
const NO_OPERATION = 1
const flagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR']

/** `SYN,ACK`, or `none`. */
export function tcpFlagsText(flags: number): string {
  return flagNames.filter((_, bit) => (flags & (1 << bit)) !== 0).join(',') || 'none'
}

export function decodeTcp(reader: FieldReader): LayerStep<TcpLayer> | undefined {
  const sourcePort = reader.u16('sourcePort')
  const destinationPort = reader.u16('destinationPort')
  const sequence = reader.u32('sequence')
  const acknowledgement = reader.u32('acknowledgement')
  const headerLength = reader.part('headerLength', (reader.raw(1) >>> 4) * 4)
  if (headerLength < MIN_HEADER_LENGTH) reader.fail({ code: 'header-short', params: { bytes: headerLength } })
  const flags = reader.u8('flags')
  const window = reader.u16('window')
  reader.u16('checksum')
  reader.u16('urgentPointer')
  const maximumSegmentSize = readOptions(reader, headerLength - MIN_HEADER_LENGTH)
  const layer = { sourcePort, destinationPort, sequence, acknowledgement, flags, window, maximumSegmentSize }
  return reader.finish({ protocol: 'tcp', ...layer })
}

function readOptions(reader: FieldReader, length: number): number | undefined {
  if (reader.failure || length === 0) return undefined
  return reader.section(length, (section) => {
    let maximumSegmentSize: number | undefined
    for (let kind = section.raw(1); kind !== END_OF_OPTIONS && !section.failure; kind = nextKind(section)) {
      maximumSegmentSize = readOption(section, kind) ?? maximumSegmentSize
    }
    return maximumSegmentSize
  })
}

function nextKind(section: FieldReader): number {
  return section.remaining > 0 ? section.raw(1) : END_OF_OPTIONS
}

function readOption(section: FieldReader, kind: number): number | undefined {
  if (kind === NO_OPERATION) return undefined
  const length = section.raw(1) - 2
  if (length < 0) section.fail({ code: 'option-without-length', params: { option: kind } })
  if (kind === 2 && length === 2) return section.u16('maximumSegmentSize')
  if (kind === 3 && length === 1) section.u8('windowScale')
  else if (kind === 4 && length === 0) section.part('selectiveAckPermitted', true)
  else if (kind === 8 && length === 8) readTimestamps(section)
  else section.take(length)
  return undefined
}

function readTimestamps(section: FieldReader): void {
  section.u32('timestamp')
  section.u32('timestampEcho')
}
