// A packet on its way through the tables: words (layout.ts), and which of their bits are not known. A bit is not known when
// neither the frame nor the switch tells it (a packet mark, an IPv6 flow label), and assumed when the switch would find it out by
// connection tracking and we take the state of a new connection, as `ofproto/trace` does. Reads and writes are by slot.

import { WORDS, firstWord, maskWords, onesOf, slotOf, wholeField, type MaskedWord, type Slot } from './layout'

/** Where `apart` keeps what it puts back: one piece for each that is going on, for whichever packet, as they end in turn. */
const room: Uint32Array[] = []
let depth = 0

export class Packet {
  readonly words: Uint32Array
  /** 1: the bit is not known. */
  readonly unknown: Uint32Array
  /** 1: the bit follows from an assumed state of the connection. */
  readonly assumed: Uint32Array
  /** All three in one piece. */
  readonly #all: Uint32Array
  /** Names what a frame shows now: equal numbers, equal frames. */
  version = 0
  #versions = 0

  constructor(from?: Packet) {
    this.#all = from ? from.#all.slice() : new Uint32Array(3 * WORDS)
    this.words = this.#all.subarray(0, WORDS)
    this.unknown = this.#all.subarray(WORDS, 2 * WORDS)
    this.assumed = this.#all.subarray(2 * WORDS)
  }

  copy(): Packet {
    return new Packet(this)
  }

  /** Does the work and puts everything back as it was. */
  apart<T>(work: () => T): T {
    const saved = (room[depth++] ??= new Uint32Array(3 * WORDS))
    const { version } = this
    saved.set(this.#all)
    try {
      return work()
    } finally {
      this.#all.set(saved)
      this.version = version
      depth--
    }
  }

  /** Zero, and known to be; words that no frame shows. */
  clear(words: readonly number[]): void {
    for (const word of words) this.words[word] = this.unknown[word] = this.assumed[word] = 0
  }

  /** A field within one word. */
  get(name: string): number {
    const { word, shift, bits } = slotOf(name)
    return (((this.words[word] ?? 0) >>> shift) & ones(bits)) >>> 0
  }

  set(name: string, value: number): void {
    const { word, shift, bits } = slotOf(name)
    this.writeWord(word, value << shift, ones(bits) << shift)
  }

  isKnownField(name: string): boolean {
    const { word, shift, bits } = slotOf(name)
    return ((this.unknown[word] ?? 0) & (ones(bits) << shift)) === 0
  }

  /** What is written is known. */
  write(parts: readonly MaskedWord[]): void {
    for (const { word, value, mask } of parts) this.writeWord(word, value, mask)
  }

  /** Whole words, one after the other. */
  writeWords(first: number, values: readonly number[]): void {
    for (let index = 0; index < values.length; index++) this.writeWord(first + index, values[index] ?? 0, -1)
  }

  private writeWord(word: number, value: number, mask: number): void {
    const before = this.words[word] ?? 0
    this.words[word] = (before & ~mask) | (value & mask)
    this.unknown[word] = (this.unknown[word] ?? 0) & ~mask
    this.assumed[word] = (this.assumed[word] ?? 0) & ~mask
    if (word >= FIRST_FRAME_WORD && this.words[word] !== before) this.version = ++this.#versions
  }

  /** `move` and `pop`: bits come with what is known of them. */
  put(slot: Slot, start: number, width: number, bits: Bits): void {
    const at = BigInt(start)
    const mask = onesOf(width) << at
    this.write(maskWords(slot, bits.value << at, mask))
    for (const { word, value } of maskWords(slot, bits.unknown << at, mask)) this.unknown[word] = ((this.unknown[word] ?? 0) | value) >>> 0
    for (const { word, value } of maskWords(slot, bits.assumed << at, mask)) this.assumed[word] = ((this.assumed[word] ?? 0) | value) >>> 0
  }

  take(slot: Slot, start: number, width: number): Bits {
    const part = (words: Uint32Array) => (((gather(words, slot) >> BigInt(slot.shift)) & slot.own) >> BigInt(start)) & onesOf(width)
    return { value: part(this.words), unknown: part(this.unknown), assumed: part(this.assumed) }
  }

  mark(kind: 'unknown' | 'assumed', name: string): void {
    for (const { word, mask } of wholeField(name)) this[kind][word] = ((this[kind][word] ?? 0) | mask) >>> 0
  }
}

/** From here on a word shows in the frame. */
const FIRST_FRAME_WORD = firstWord('dl_src')

/** As a signed word, which is all that `&` needs. */
const ones = (bits: number): number => (bits === 32 ? -1 : (1 << bits) - 1)

export interface Bits {
  readonly value: bigint
  readonly unknown: bigint
  readonly assumed: bigint
}

function gather(words: Uint32Array, { word, shift, bits }: Slot): bigint {
  let value = 0n
  for (let index = word; index < word + Math.ceil((shift + bits) / 32); index++) value = (value << 32n) | BigInt(words[index] ?? 0)
  return value
}

export const CFI = 0x1000
export const VID = 0x0fff
export const PCP = 0xe000
export const ETH_IPV4 = 0x0800
export const ETH_ARP = 0x0806
export const ETH_RARP = 0x8035
export const ETH_IPV6 = 0x86dd
export const FRAGMENT_LATER = 2

export const isTagged = (packet: Packet): boolean => (packet.get('vlan_tci') & CFI) !== 0
export const isIp = (packet: Packet): boolean => packet.get('dl_type') === ETH_IPV4 || packet.get('dl_type') === ETH_IPV6
export const isVlanType = (type: number): boolean => type === 0x8100 || type === 0x88a8

/** Puts an empty tag in front, as flow_push_vlan_uninit does. Two tags are kept; a third would fall off. */
export function pushVlan(packet: Packet, tpid: number): void {
  packet.set('vlan_tci1', packet.get('vlan_tci'))
  packet.set('vlan_tpid1', packet.get('vlan_tpid'))
  packet.set('vlan_tci', CFI)
  packet.set('vlan_tpid', tpid)
}

export function popVlan(packet: Packet): void {
  packet.set('vlan_tci', packet.get('vlan_tci1'))
  packet.set('vlan_tpid', packet.get('vlan_tpid1'))
  packet.set('vlan_tci1', 0)
  packet.set('vlan_tpid1', 0)
}
