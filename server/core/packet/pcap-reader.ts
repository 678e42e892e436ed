// Classic pcap, reading: bytes of a file or of a running `tcpdump -w -` into packets.
// The decoder is fed chunk by chunk and hands out each packet as soon as its last byte is there. It never throws:
// what it cannot read becomes a `CaptureError`, and it stays stopped there, since pcap has no way to find its place again.
//
// Rules: draft-ietf-opsawg-pcap (file and record header), libpcap `sf-pcap.c` (tolerance for odd snapshot lengths).

import { ByteQueue } from './byte-queue'
import { type CapturedPacket, type CaptureError, type CaptureFailure, MAX_CAPTURED_LENGTH } from './captured-packet'

const FILE_HEADER_LENGTH = 24
const RECORD_HEADER_LENGTH = 16
const MICROSECOND_MAGIC = 0xa1b2c3d4
const NANOSECOND_MAGIC = 0xa1b23c4d
const PCAPNG_MAGIC = 0x0a0d0d0a

export interface PcapHeader {
  readonly isLittleEndian: boolean
  readonly hasNanoseconds: boolean
  /** As written in the file, but never 0 and never above what libpcap allows: writers put both there for "no limit". */
  readonly snapLength: number
  readonly linkType: number
}

/** On an error `packets` still holds what was complete before it. */
export type PcapResult =
  | { readonly ok: true; readonly packets: readonly CapturedPacket[] }
  | { readonly ok: false; readonly packets: readonly CapturedPacket[]; readonly error: CaptureError }

export interface PcapDecoder {
  /** Undefined until the first 24 bytes have arrived. */
  readonly header: PcapHeader | undefined
  push(chunk: Uint8Array): PcapResult
  /** To be called at the end of the stream: bytes of an unfinished record are an error, not a packet. */
  finish(): PcapResult
}

export function createPcapDecoder(): PcapDecoder {
  return new StreamDecoder()
}

/** Decodes a whole file; the packets before an error are kept. */
export function decodePcap(bytes: Uint8Array): PcapResult & { readonly header: PcapHeader | undefined } {
  const decoder = createPcapDecoder()
  const pushed = decoder.push(bytes)
  const finished = decoder.finish()
  return { ...finished, packets: pushed.packets, header: decoder.header }
}

class StreamDecoder implements PcapDecoder {
  header: PcapHeader | undefined = undefined
  readonly #queue = new ByteQueue()
  #consumed = 0
  #error: CaptureError | undefined = undefined

  push(chunk: Uint8Array): PcapResult {
    if (this.#error) return this.#result([])
    this.#queue.push(chunk)
    const packets: CapturedPacket[] = []
    this.header ??= this.#readHeader()
    for (let packet = this.#readRecord(); packet; packet = this.#readRecord()) packets.push(packet)
    return this.#result(packets)
  }

  finish(): PcapResult {
    const isComplete = this.header !== undefined && this.#queue.length === 0
    if (!isComplete && !this.#error) {
      this.#fail({ code: 'unexpected-end', params: { inside: this.header ? 'packet' : 'file-header' } })
    }
    return this.#result([])
  }

  #readHeader(): PcapHeader | undefined {
    const magic = this.#queue.peek(4)?.getUint32(0)
    if (magic === undefined) return undefined
    const byteOrder = byteOrderOf(magic)
    if (!byteOrder) {
      this.#fail(magic === PCAPNG_MAGIC ? { code: 'wrong-format', params: {} } : { code: 'bad-magic', params: { format: 'pcap' } })
      return undefined
    }
    const view = this.#queue.peek(FILE_HEADER_LENGTH)
    return view && this.#checkVersion(view, byteOrder) ? this.#takeHeader(view, byteOrder) : undefined
  }

  #checkVersion(view: DataView, { isLittleEndian }: ByteOrder): boolean {
    const major = view.getUint16(4, isLittleEndian)
    if (major !== 2) this.#fail({ code: 'unsupported-version', params: { format: 'pcap', version: major, known: 2 } })
    return major === 2
  }

  #takeHeader(view: DataView, byteOrder: ByteOrder): PcapHeader {
    const snapLength = view.getUint32(16, byteOrder.isLittleEndian)
    const isUsable = snapLength > 0 && snapLength <= MAX_CAPTURED_LENGTH
    // The upper half of the last word carries the FCS length, not the link type.
    const linkType = view.getUint32(20, byteOrder.isLittleEndian) & 0xffff
    this.#drop(FILE_HEADER_LENGTH)
    return { ...byteOrder, snapLength: isUsable ? snapLength : MAX_CAPTURED_LENGTH, linkType }
  }

  #readRecord(): CapturedPacket | undefined {
    const view = this.#queue.peek(RECORD_HEADER_LENGTH)
    if (!view || !this.header || this.#error) return undefined
    const record = recordHeader(view, this.header)
    if (record.capturedLength > MAX_CAPTURED_LENGTH) {
      this.#fail({ code: 'record-too-long', params: { bytes: record.capturedLength, than: 'captures' } })
      return undefined
    }
    if (this.#queue.length < RECORD_HEADER_LENGTH + record.capturedLength) return undefined
    this.#drop(RECORD_HEADER_LENGTH)
    const { timestampUs, originalLength } = record
    return { timestampUs, originalLength, data: this.#drop(record.capturedLength) }
  }

  #drop(length: number): Uint8Array {
    this.#consumed += length
    return this.#queue.take(length)
  }

  #fail(failure: CaptureFailure): void {
    this.#error = { ...failure, offset: this.#consumed }
  }

  #result(packets: readonly CapturedPacket[]): PcapResult {
    return this.#error ? { ok: false, packets, error: this.#error } : { ok: true, packets }
  }
}

type ByteOrder = Pick<PcapHeader, 'isLittleEndian' | 'hasNanoseconds'>

/** The magic number is read big-endian here, so a little-endian file shows it with its bytes swapped. */
function byteOrderOf(magic: number): ByteOrder | undefined {
  for (const [expected, hasNanoseconds] of [
    [MICROSECOND_MAGIC, false],
    [NANOSECOND_MAGIC, true],
  ] as const) {
    if (magic === expected) return { isLittleEndian: false, hasNanoseconds }
    if (magic === swapBytes(expected)) return { isLittleEndian: true, hasNanoseconds }
  }
  return undefined
}

function swapBytes(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0
}

function recordHeader(view: DataView, { isLittleEndian, hasNanoseconds }: PcapHeader) {
  const seconds = view.getUint32(0, isLittleEndian)
  const fraction = view.getUint32(4, isLittleEndian)
  const microseconds = hasNanoseconds ? Math.floor(fraction / 1000) : fraction
  return {
    timestampUs: seconds * 1_000_000 + microseconds,
    capturedLength: view.getUint32(8, isLittleEndian),
    originalLength: view.getUint32(12, isLittleEndian),
  }
}
