import { describe, expect, it } from 'vitest'
import { concatBytes } from './bytes'
import { decodePcapng } from './pcapng-reader'
import { encodeEnhancedPacket, encodeInterface, encodePcapng, encodeSectionHeader } from './pcapng-writer'
import { capture } from './testing/captures'

/** A block by hand, in either byte order. */
function block(type: number, words: readonly number[], { isLittleEndian = true, tail = [] as readonly number[] } = {}) {
  const length = 12 + words.length * 4 + tail.length
  const view = new DataView(new ArrayBuffer(length))
  const all = [type, length, ...words]
  all.forEach((word, index) => view.setUint32(index * 4, word, isLittleEndian))
  view.setUint32(length - 4, length, isLittleEndian)
  const bytes = new Uint8Array(view.buffer)
  bytes.set(tail, 8 + words.length * 4)
  return bytes
}

const SECTION = 0x0a0d0d0a
const NO_LENGTH = 0xffff_ffff

function section(isLittleEndian = true) {
  return block(SECTION, [0x1a2b3c4d, isLittleEndian ? 1 : 0x0001_0000, NO_LENGTH, NO_LENGTH], { isLittleEndian })
}

describe('a path as one file', () => {
  const hops = ['h1/tapf4513237-f5', 'h1/eth1-underlay'] as const
  const interfaces = [
    { name: 'tapf4513237-f5', description: 'h1: VM side of the hybrid plug' },
    { name: 'eth1', description: 'h1: underlay → h2', snapLength: 256 },
  ]
  const packets = hops.flatMap((name, interfaceId) => capture(name).map((packet) => ({ ...packet, interfaceId })))

  it('comes back with every hop as an interface', () => {
    const file = decodePcapng(encodePcapng({ application: 'Tapline', interfaces, packets }))
    expect(file).toEqual({
      ok: true,
      interfaces: [
        { ...interfaces[0], linkType: 1, snapLength: 262_144 },
        { ...interfaces[1], linkType: 1, snapLength: 256 },
      ],
      packets: packets.map((packet) => ({ ...packet, comments: [] })),
      skippedBlocks: 0,
    })
  })

  it('keeps comments, several to a packet', () => {
    const comments = ['last seen here', 'Etikett 121 statt 120 – ✗']
    const [first] = packets
    const file = decodePcapng(encodePcapng({ interfaces, packets: first ? [{ ...first, comments }] : [] }))
    expect(file.packets[0]?.comments).toEqual(comments)
  })

  it('cuts a comment that no option can hold at a character', () => {
    const [first] = packets
    const comments = ['é'.repeat(40_000)]
    const file = decodePcapng(encodePcapng({ interfaces, packets: first ? [{ ...first, comments }] : [] }))
    expect([file.ok, file.packets[0]?.comments[0]]).toEqual([true, 'é'.repeat(32_767)])
  })

  it('writes the bytes that the specification shows', () => {
    const packet = { interfaceId: 0, timestampUs: 2 ** 32 + 5, originalLength: 9, data: Uint8Array.of(1, 2, 3, 4, 5) }
    const fixed = [0, 1, 5, 5, 9]
    expect(encodeEnhancedPacket(packet)).toEqual(block(6, fixed, { tail: [1, 2, 3, 4, 5, 0, 0, 0] }))
    expect(encodeSectionHeader()).toEqual(section())
    const named = [2, 0, 4, 0, 0x65, 0x74, 0x68, 0x31, 0, 0, 0, 0]
    expect(encodeInterface({ name: 'eth1', snapLength: 256 })).toEqual(block(1, [1, 256], { tail: named }))
  })
})

describe('files of others', () => {
  const simple = (isLittleEndian: boolean) => block(3, [2], { isLittleEndian, tail: [8, 9, 0, 0] })

  it.each([true, false])('reads a section with little-endian %s', (isLittleEndian) => {
    const described = block(1, isLittleEndian ? [1, 0] : [0x0001_0000, 0], { isLittleEndian })
    const packet = block(6, [0, 0, 7, 1, 60], { isLittleEndian, tail: [5, 0, 0, 0] })
    const file = decodePcapng(concatBytes([section(isLittleEndian), described, packet, simple(isLittleEndian)]))
    expect([file.ok, file.packets]).toEqual([
      true,
      [
        { interfaceId: 0, timestampUs: 7, originalLength: 60, data: Uint8Array.of(5), comments: [] },
        { interfaceId: 0, timestampUs: 0, originalLength: 2, data: Uint8Array.of(8, 9), comments: [] },
      ],
    ])
  })

  it.each([true, false])('reads the obsolete Packet Block, little-endian %s', (isLittleEndian) => {
    const described = block(1, isLittleEndian ? [1, 0] : [0x0001_0000, 0], { isLittleEndian })
    // Interface 1, 3 drops before this packet.
    const packet = block(2, [isLittleEndian ? 0x0003_0001 : 0x0001_0003, 1, 7, 2, 60], { isLittleEndian, tail: [5, 6, 0, 0] })
    expect(decodePcapng(concatBytes([section(isLittleEndian), described, described, packet]))).toMatchObject({
      ok: true,
      skippedBlocks: 0,
      packets: [{ interfaceId: 1, timestampUs: 2 ** 32 + 7, originalLength: 60, data: Uint8Array.of(5, 6), comments: [] }],
    })
  })

  it('counts blocks of other kinds and goes on', () => {
    const nameResolution = block(4, [0])
    const statistics = block(5, [0, 0, 0])
    const bytes = concatBytes([section(), nameResolution, block(1, [1, 0]), statistics, simple(true)])
    expect(decodePcapng(bytes)).toMatchObject({ ok: true, skippedBlocks: 2, packets: [{ interfaceId: 0 }] })
  })

  it('appends the interfaces of a second section', () => {
    const one = concatBytes([section(), encodeInterface({ name: 'a' }), simple(true)])
    const other = concatBytes([section(), encodeInterface({ name: 'b' }), simple(true)])
    const file = decodePcapng(concatBytes([one, other]))
    expect(file.interfaces.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(file.packets.map(({ interfaceId }) => interfaceId)).toEqual([0, 1])
  })

  it.each([
    ['milliseconds', [9, 0, 1, 0, 3, 0, 0, 0], 5_000_000],
    ['nanoseconds', [9, 0, 1, 0, 9, 0, 0, 0], 5],
    ['1/1024 s', [9, 0, 1, 0, 0x8a, 0, 0, 0], 4_882_812],
    ['an offset of 2 s', [14, 0, 8, 0, 2, 0, 0, 0, 0, 0, 0, 0], 2_005_000],
  ])('reads timestamps with %s', (_, options, timestampUs) => {
    const packet = block(6, [0, 0, 5000, 0, 0])
    const file = decodePcapng(concatBytes([section(), block(1, [1, 0], { tail: options }), packet]))
    expect(file.packets[0]?.timestampUs).toBe(timestampUs)
  })
})

describe('what cannot be decoded', () => {
  const good = concatBytes([section(), block(1, [1, 0]), block(6, [0, 0, 0, 4, 4], { tail: [1, 2, 3, 4] })])
  it.each([
    ['nothing', new Uint8Array(), 'unexpected-end', 0],
    ['a pcap file', Uint8Array.from([0xd4, 0xc3, 0xb2, 0xa1, ...Array.from({ length: 20 }, () => 0)]), 'bad-magic', 0],
    ['a section without byte order', block(SECTION, [0, 0, 0, 0]), 'bad-block', 0],
    ['version 2', block(SECTION, [0x1a2b3c4d, 2, 0, 0]), 'unsupported-version', 0],
    ['a file that ends in a block', good.slice(0, -4), 'unexpected-end', 48],
    ['a block of length 0', concatBytes([section(), Uint8Array.from([1, ...Array.from({ length: 15 }, () => 0)])]), 'bad-block', 28],
    ['a packet without interface', concatBytes([section(), block(6, [3, 0, 0, 0, 0])]), 'unknown-interface', 28],
    ['a packet beyond its block', concatBytes([section(), block(1, [1, 0]), block(6, [0, 0, 0, 5, 5])]), 'record-too-long', 48],
    ['an obsolete packet without interface', concatBytes([section(), block(2, [3, 0, 0, 0, 0])]), 'unknown-interface', 28],
    ['a packet block that is too short', concatBytes([section(), block(6, [0])]), 'bad-block', 28],
  ] as const)('%s is an error with a place', (_, bytes, code, offset) => {
    const result = decodePcapng(bytes)
    expect(result.ok ? undefined : [result.error.code, result.error.offset]).toEqual([code, offset])
  })
})
