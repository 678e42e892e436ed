// pcapng, reading: a whole file into interfaces and packets. Made for what we write and for what Wireshark, dumpcap and
// tcpdump write: both byte orders, many sections, any timestamp resolution, simple packet blocks, the obsolete Packet Block. Other blocks are
// counted and skipped. It never throws: at the first block that cannot be read it stops, and keeps what came before.
//
// Rules: draft-ietf-opsawg-pcapng, sections 3 (block), 3.5 (options), 4.1 to 4.4.

import { type CapturedPacket, type CaptureError, type CaptureFailure, MAX_CAPTURED_LENGTH } from './captured-packet'
import { BlockType, BYTE_ORDER_MAGIC, OptionCode } from './pcapng-format'
import { readOptions, optionText, optionTexts } from './pcapng-options'
import { timestampClock, type TimestampClock } from './pcapng-time'

const BLOCK_OVERHEAD = 12
const PACKET_HEADER_LENGTH = 20

interface ReadInterface {
  readonly name: string | undefined
  readonly description: string | undefined
  readonly linkType: number
  readonly snapLength: number
}

interface ReadPacket extends CapturedPacket {
  /** Index into `interfaces` of the file; interfaces of later sections are appended. */
  readonly interfaceId: number
  readonly comments: readonly string[]
}

interface PcapngFile {
  readonly interfaces: readonly ReadInterface[]
  readonly packets: readonly ReadPacket[]
  /** Blocks of a kind that is not read here: name resolution, statistics, secrets, custom blocks. */
  readonly skippedBlocks: number
}

export type PcapngResult = (PcapngFile & { readonly ok: true }) | (PcapngFile & { readonly ok: false; readonly error: CaptureError })

export function decodePcapng(bytes: Uint8Array): PcapngResult {
  const reader = new PcapngReader(bytes)
  const error = reader.readAll()
  const file = { interfaces: reader.interfaces, packets: reader.packets, skippedBlocks: reader.skippedBlocks }
  return error ? { ok: false, error, ...file } : { ok: true, ...file }
}

interface Block {
  readonly type: number
  readonly body: DataView
}

class PcapngReader {
  readonly interfaces: ReadInterface[] = []
  readonly packets: ReadPacket[] = []
  skippedBlocks = 0
  readonly #view: DataView
  readonly #clocks: TimestampClock[] = []
  #isLittleEndian = true
  #sectionStart = 0

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  readAll(): CaptureError | undefined {
    let offset = 0
    do {
      const block = this.#blockAt(offset)
      if ('code' in block) return { ...block, offset }
      const failed = this.#readBlock(block)
      if (failed) return { ...failed, offset }
      offset += block.body.byteLength + BLOCK_OVERHEAD
    } while (offset < this.#view.byteLength)
    return undefined
  }

  #blockAt(offset: number): Block | CaptureFailure {
    const left = this.#view.byteLength - offset
    if (left < BLOCK_OVERHEAD) return { code: 'unexpected-end', params: { inside: 'block' } }
    const isSection = this.#view.getUint32(offset) === BlockType.sectionHeader
    if (offset === 0 && !isSection) return { code: 'bad-magic', params: { format: 'pcapng' } }
    if (isSection && !this.#setByteOrder(offset)) return badBlock('byte-order')
    const length = this.#view.getUint32(offset + 4, this.#isLittleEndian)
    if (length % 4 !== 0 || length < BLOCK_OVERHEAD) return { code: 'bad-block', params: { part: 'length', bytes: length } }
    if (length > left) return { code: 'unexpected-end', params: { inside: 'body', bytes: length, there: left } }
    const type = this.#view.getUint32(offset, this.#isLittleEndian)
    return { type, body: subView(this.#view, offset + 8, length - BLOCK_OVERHEAD) }
  }

  #setByteOrder(offset: number): boolean {
    const bigEndian = this.#view.getUint32(offset + 8)
    this.#isLittleEndian = bigEndian !== BYTE_ORDER_MAGIC
    return this.#view.getUint32(offset + 8, this.#isLittleEndian) === BYTE_ORDER_MAGIC
  }

  #readBlock(block: Block): CaptureFailure | undefined {
    if (block.type === BlockType.sectionHeader) return this.#startSection(block.body)
    if (block.type === BlockType.interfaceDescription) return this.#readInterface(block.body)
    if (block.type === BlockType.enhancedPacket || block.type === BlockType.packet) return this.#readPacket(block)
    if (block.type === BlockType.simplePacket) return this.#readSimplePacket(block.body)
    this.skippedBlocks += 1
    return undefined
  }

  #startSection(body: DataView): CaptureFailure | undefined {
    if (body.byteLength < 16) return badBlock('section')
    const major = body.getUint16(4, this.#isLittleEndian)
    if (major !== 1) return { code: 'unsupported-version', params: { format: 'pcapng', version: major, known: 1 } }
    this.#sectionStart = this.interfaces.length
    return undefined
  }

  #readInterface(body: DataView): CaptureFailure | undefined {
    if (body.byteLength < 8) return badBlock('interface')
    const options = readOptions(subView(body, 8), this.#isLittleEndian)
    this.#clocks.push(timestampClock(options, this.#isLittleEndian))
    this.interfaces.push({
      name: optionText(options, OptionCode.interfaceName),
      description: optionText(options, OptionCode.interfaceDescription),
      linkType: body.getUint16(0, this.#isLittleEndian),
      snapLength: body.getUint32(4, this.#isLittleEndian),
    })
    return undefined
  }

  /** The obsolete block is the enhanced one, but its interface number has 16 bits; the other 16 count dropped packets. */
  #readPacket({ type, body }: Block): CaptureFailure | undefined {
    if (body.byteLength < PACKET_HEADER_LENGTH) return badBlock('packet')
    const [word, high, low, captured, originalLength] = this.#words(body)
    const id = type === BlockType.packet ? body.getUint16(0, this.#isLittleEndian) : word
    const interfaceId = this.#sectionStart + id
    const clock = this.#clocks[interfaceId]
    if (!clock) return { code: 'unknown-interface', params: { id } }
    const room = Math.min(MAX_CAPTURED_LENGTH, body.byteLength - PACKET_HEADER_LENGTH)
    if (captured > room) return { code: 'record-too-long', params: { bytes: captured, than: 'block' } }
    const optionsAt = PACKET_HEADER_LENGTH + Math.ceil(captured / 4) * 4
    const comments = optionTexts(readOptions(subView(body, optionsAt), this.#isLittleEndian), OptionCode.comment)
    const data = copy(body, PACKET_HEADER_LENGTH, captured)
    this.packets.push({ interfaceId, timestampUs: clock(high, low), originalLength, data, comments })
    return undefined
  }

  #words(body: DataView): PacketWords {
    const at = (index: number) => body.getUint32(index * 4, this.#isLittleEndian)
    return [at(0), at(1), at(2), at(3), at(4)]
  }

  /** Has no timestamp and no interface number: it belongs to the first interface of its section. */
  #readSimplePacket(body: DataView): CaptureFailure | undefined {
    const interfaceId = this.#sectionStart
    const capture = this.interfaces[interfaceId]
    if (!capture || body.byteLength < 4) return badBlock('simple-packet')
    const originalLength = body.getUint32(0, this.#isLittleEndian)
    const captured = Math.min(originalLength, capture.snapLength || MAX_CAPTURED_LENGTH, body.byteLength - 4)
    this.packets.push({ interfaceId, timestampUs: 0, originalLength, data: copy(body, 4, captured), comments: [] })
    return undefined
  }
}

type PacketWords = [interfaceWord: number, high: number, low: number, captured: number, originalLength: number]

const badBlock = (part: 'byte-order' | 'section' | 'interface' | 'packet' | 'simple-packet'): CaptureFailure => ({
  code: 'bad-block',
  params: { part },
})

/** The rest from `start`, or `length` bytes of it; empty when `start` lies beyond the end. */
function subView(view: DataView, start: number, length = Math.max(view.byteLength - start, 0)): DataView {
  return new DataView(view.buffer, view.byteOffset + Math.min(start, view.byteLength), length)
}

function copy(view: DataView, start: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, length).slice()
}
