// pcapng, writing: packets of many capture points into one file in which each point is an interface with its own name
// and description, so that the whole path opens in Wireshark with "which hop" as a column. Blocks are separate
// functions, so that a stream can be written as packets arrive: section header, interfaces, then packets.
//
// Rules: draft-ietf-opsawg-pcapng, sections 3 (block), 3.5 (options), 4.1 to 4.3 (section, interface, packet).

import { concatBytes } from './bytes'
import { type CapturedPacket, ETHERNET_LINK_TYPE, MAX_CAPTURED_LENGTH } from './captured-packet'
import { BlockType, BYTE_ORDER_MAGIC, OptionCode } from './pcapng-format'

const MAX_OPTION_LENGTH = 0xffff
/** Two 16-bit numbers in one word, the minor one in its upper half. */
const VERSION_1_0 = 1
const UNKNOWN_SECTION_LENGTH = 0xffff_ffff

/** One hop. `name` is the device, `description` what it stands for on the path. */
export interface CaptureInterface {
  readonly name: string
  readonly description?: string
  readonly snapLength?: number
  readonly linkType?: number
}

export interface InterfacePacket extends CapturedPacket {
  /** Index into the interfaces, in the order in which they were written. */
  readonly interfaceId: number
  readonly comments?: readonly string[]
}

export interface PcapngContent {
  readonly application?: string
  readonly interfaces: readonly CaptureInterface[]
  readonly packets: readonly InterfacePacket[]
}

export function encodePcapng({ application, interfaces, packets }: PcapngContent): Uint8Array {
  return concatBytes([encodeSectionHeader(application), ...interfaces.map(encodeInterface), ...packets.map(encodeEnhancedPacket)])
}

export function encodeSectionHeader(application?: string): Uint8Array {
  const fixed = words(BYTE_ORDER_MAGIC, VERSION_1_0, UNKNOWN_SECTION_LENGTH, UNKNOWN_SECTION_LENGTH)
  return encodeBlock(BlockType.sectionHeader, [fixed, ...textOptions([[OptionCode.userApplication, application]])])
}

/** Resolution is left at its default, microseconds, which is what `CapturedPacket` holds. */
export function encodeInterface(capture: CaptureInterface): Uint8Array {
  const fixed = words(capture.linkType ?? ETHERNET_LINK_TYPE, capture.snapLength ?? MAX_CAPTURED_LENGTH)
  const options = textOptions([
    [OptionCode.interfaceName, capture.name],
    [OptionCode.interfaceDescription, capture.description],
  ])
  return encodeBlock(BlockType.interfaceDescription, [fixed, ...options])
}

export function encodeEnhancedPacket(packet: InterfacePacket): Uint8Array {
  const { timestampUs, data, originalLength } = packet
  const high = Math.floor(timestampUs / 2 ** 32)
  const fixed = words(packet.interfaceId, high, timestampUs >>> 0, data.length, originalLength)
  const comments = (packet.comments ?? []).map((comment) => [OptionCode.comment, comment] as const)
  return encodeBlock(BlockType.enhancedPacket, [fixed, padded(data), ...textOptions(comments)])
}

function encodeBlock(type: number, body: readonly Uint8Array[]): Uint8Array {
  const length = 12 + body.reduce((total, part) => total + part.length, 0)
  return concatBytes([words(type, length), ...body, words(length)])
}

/** Empty texts are left out; no option at all needs no end mark either. */
function textOptions(options: readonly (readonly [code: number, text: string | undefined])[]): Uint8Array[] {
  const encoded = options.flatMap(([code, text]) => (text ? [encodeTextOption(code, text)] : []))
  return encoded.length === 0 ? [] : [...encoded, words(OptionCode.endOfOptions)]
}

function encodeTextOption(code: number, text: string): Uint8Array {
  const value = utf8(text)
  return concatBytes([words(code | (value.length << 16)), padded(value)])
}

/** Cut at a character boundary when the text is longer than an option can be. */
function utf8(text: string): Uint8Array {
  const room = new Uint8Array(MAX_OPTION_LENGTH)
  return room.slice(0, new TextEncoder().encodeInto(text, room).written)
}

/** Little-endian 32-bit words, the only number width that blocks need outside option heads. */
function words(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  values.forEach((value, index) => view.setUint32(index * 4, value, true))
  return new Uint8Array(view.buffer)
}

function padded(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
  result.set(bytes)
  return result
}
