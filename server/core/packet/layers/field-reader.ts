// Reads one header field by field and remembers where each field lies. A read that does not fit fails once and for
// all: later reads return zeros, record nothing, and `finish` yields no layer. So a decoder is written as if the bytes
// were always there, and no input can make it throw.
//
// Two ends matter: `declaredEnd`, up to where the surrounding header says that this layer may reach, and `limit`, the
// bytes that are really there. They differ when the snapshot length cut the frame.

import type { MalformedReason } from '../malformed-params'
import { ipv4Text, ipv6Text, macText } from './addresses'
import type { Field, FieldValue, LayerBase, LayerStep, NextLayer, Protocol, Span } from './layer'

export interface FrameBytes {
  readonly bytes: Uint8Array
  /** Length on the wire. */
  readonly originalLength: number
}

/** `cut`: the capture ended too early, the packet itself may be fine. `invalid`: the packet contradicts itself. */
export interface ReadFailure {
  readonly cause: 'cut' | 'invalid'
  readonly offset: number
  readonly reason: MalformedReason
}

export class FieldReader {
  /** What stops this layer. */
  failure: ReadFailure | undefined = undefined
  /** What is wrong in an optional part; the layer stands. */
  problem: ReadFailure | undefined = undefined
  readonly fields: Field[]
  readonly declaredEnd: number
  readonly limit: number
  readonly #frame: FrameBytes
  readonly #start: number
  #position: number
  #last: Span

  constructor(frame: FrameBytes, span: Span, fields: Field[] = []) {
    this.#frame = frame
    this.#start = span.offset
    this.#position = span.offset
    this.#last = { offset: span.offset, length: 0 }
    this.declaredEnd = span.offset + span.length
    this.limit = Math.min(this.declaredEnd, frame.bytes.length)
    this.fields = fields
  }

  get position(): number {
    return this.#position
  }

  get remaining(): number {
    return this.failure ? 0 : Math.max(this.limit - this.#position, 0)
  }

  /** From here to the declared end, whether captured or not. */
  get rest(): Span {
    return { offset: this.#position, length: Math.max(this.declaredEnd - this.#position, 0) }
  }

  u8(name: string): number {
    return this.part(name, this.raw(1))
  }

  u16(name: string): number {
    return this.part(name, this.raw(2))
  }

  u24(name: string): number {
    return this.part(name, this.raw(3))
  }

  u32(name: string): number {
    return this.part(name, this.raw(4))
  }

  mac(name: string): string {
    return this.part(name, macText(this.take(6)))
  }

  ipv4(name: string): string {
    return this.part(name, ipv4Text(this.take(4)))
  }

  ipv6(name: string): string {
    return this.part(name, ipv6Text(this.take(16)))
  }

  /** A big-endian number of up to four bytes that is no field by itself; `part` then names its pieces. */
  raw(length: number): number {
    if (!this.#claim(length)) return 0
    let value = 0
    for (let index = 0; index < length; index += 1) value = value * 256 + (this.#frame.bytes[this.#last.offset + index] ?? 0)
    return value
  }

  /** The next bytes, without a copy; empty when they are not all there. */
  take(length: number): Uint8Array {
    if (!this.#claim(length)) return this.#frame.bytes.subarray(0, 0)
    return this.#frame.bytes.subarray(this.#last.offset, this.#last.offset + length)
  }

  /** Records a field over the bytes of the last read. */
  part<V extends FieldValue>(name: string, value: V): V {
    const { offset, length } = this.#last
    if (!this.failure) this.fields.push({ name, value, offset, length })
    return value
  }

  /**
   * Reads an optional part of `length` bytes: what fails in there is kept as `problem`, and the layer goes on behind it.
   */
  section<T>(length: number, read: (section: FieldReader) => T): T {
    const inner = new FieldReader(this.#frame, { offset: this.#position, length }, this.fields)
    const result = read(inner)
    // A reader that stopped before the captured bytes ran out had what it wanted.
    const isStarved = inner.remaining === 0 && inner.declaredEnd > this.limit
    if (!this.failure) this.problem ??= inner.failure ?? inner.problem ?? (isStarved ? this.#shortage(length) : undefined)
    this.#position = Math.min(inner.declaredEnd, this.limit)
    return result
  }

  fail(reason: MalformedReason): void {
    this.failure ??= { cause: 'invalid', offset: this.#last.offset, reason }
  }

  /** Notes a contradiction that does not stop the layer. */
  complain(reason: MalformedReason): void {
    if (!this.failure) this.problem ??= { cause: 'invalid', offset: this.#last.offset, reason }
  }

  /** The bytes of the frame, for formats that point back into themselves. */
  get bytes(): Uint8Array {
    return this.#frame.bytes.subarray(0, this.limit)
  }

  /** Closes the layer at the current position; what follows is its payload, unless the header says it ends earlier. */
  finish<Own extends { readonly protocol: Protocol }>(
    own: Own,
    next?: Protocol,
    payload = this.rest,
  ): LayerStep<Own & LayerBase> | undefined {
    if (this.failure) return undefined
    // Extends the decoder's own object: a spread here took a third of the time of a whole dissection.
    const base = { offset: this.#start, length: this.#position - this.#start, payload, fields: this.fields }
    return { layer: Object.assign(own, base), next: nextLayer(next, payload) }
  }

  #claim(length: number): boolean {
    if (this.failure) return false
    if (this.#position + length > this.limit) {
      this.failure = this.#shortage(length)
      return false
    }
    this.#last = { offset: this.#position, length }
    this.#position += length
    return true
  }

  #shortage(length: number): ReadFailure {
    const isAtCapturedEnd = this.limit === this.#frame.bytes.length
    const isCut = isAtCapturedEnd && this.#frame.originalLength > this.limit
    const params = { needed: length, there: this.limit - this.#position }
    return { cause: isCut ? 'cut' : 'invalid', offset: this.#position, reason: { code: 'bytes-missing', params } }
  }
}

function nextLayer(protocol: Protocol | undefined, span: Span): NextLayer | undefined {
  return protocol && span.length > 0 ? { protocol, span } : undefined
}
