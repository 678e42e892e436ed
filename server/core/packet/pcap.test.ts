import { describe, expect, it } from 'vitest'
import { explainCaptureError } from '../explain/capture-error'
import type { CapturedPacket } from './captured-packet'
import { createPcapDecoder, decodePcap } from './pcap-reader'
import { encodePcap, encodePcapHeader, encodePcapRecord } from './pcap-writer'
import { captureBytes, captureNames } from './testing/captures'

interface Layout {
  readonly magic: number
  readonly isLittleEndian: boolean
}

/** One file with one packet of three bytes, out of five, at 1 s and `fraction`. */
function handMade({ magic, isLittleEndian }: Layout, fraction: number, { snapLength = 65535, linkType = 1, captured = 3 } = {}) {
  const view = new DataView(new ArrayBuffer(24 + 16 + 3))
  view.setUint32(0, magic, isLittleEndian)
  view.setUint16(4, 2, isLittleEndian)
  view.setUint16(6, 4, isLittleEndian)
  view.setUint32(16, snapLength, isLittleEndian)
  view.setUint32(20, linkType, isLittleEndian)
  const record = [1, fraction, captured, 5]
  record.forEach((value, index) => view.setUint32(24 + index * 4, value, isLittleEndian))
  const bytes = new Uint8Array(view.buffer)
  bytes.set([7, 8, 9], 40)
  return bytes
}

const MICRO = 0xa1b2c3d4
const NANO = 0xa1b23c4d
const usual = { magic: MICRO, isLittleEndian: true }

describe('decodePcap', () => {
  it.each([
    { magic: MICRO, isLittleEndian: true, fraction: 250, timestampUs: 1_000_250 },
    { magic: MICRO, isLittleEndian: false, fraction: 250, timestampUs: 1_000_250 },
    { magic: NANO, isLittleEndian: true, fraction: 250_999, timestampUs: 1_000_250 },
    { magic: NANO, isLittleEndian: false, fraction: 250_999, timestampUs: 1_000_250 },
  ])('reads magic $magic, little-endian $isLittleEndian', ({ fraction, timestampUs, ...layout }) => {
    expect(decodePcap(handMade(layout, fraction))).toEqual({
      ok: true,
      packets: [{ timestampUs, originalLength: 5, data: Uint8Array.of(7, 8, 9) }],
      header: {
        isLittleEndian: layout.isLittleEndian,
        hasNanoseconds: layout.magic === NANO,
        snapLength: 65535,
        linkType: 1,
      },
    })
  })

  it.each([
    [0, 262_144],
    [0xffff_ffff, 262_144],
    [96, 96],
  ])('takes a snapshot length of %i as %i', (snapLength, taken) => {
    expect(decodePcap(handMade(usual, 0, { snapLength })).header?.snapLength).toBe(taken)
  })

  it('does not take the FCS length for part of the link type', () => {
    expect(decodePcap(handMade(usual, 0, { linkType: 0x5400_0001 })).header?.linkType).toBe(1)
  })

  it('reads the real captures', () => {
    const counts = captureNames.map((name) => {
      const { ok, packets, header } = decodePcap(captureBytes(name))
      return [name, ok, header?.snapLength, packets.length]
    })
    expect(counts).toEqual([
      ['h1/tapf4513237-f5', true, 256, 15],
      ['h1/qvbf4513237-f5', true, 256, 16],
      ['h1/qvof4513237-f5', true, 256, 16],
      ['h1/mirror-all-br-int', true, 256, 6],
      ['h1/mirror-all-br-tun', true, 256, 4],
      ['h1/eth1-underlay', true, 256, 14],
      ['h2/eth1-underlay', true, 256, 14],
      ['h2/qvo7668b6f4-2d', true, 256, 18],
      ['h2/qvb7668b6f4-2d', true, 256, 18],
      ['h2/tap7668b6f4-2d', true, 256, 17],
    ])
  })

  it('knows how long a cut packet was', () => {
    const sixth = decodePcap(captureBytes('h1/eth1-underlay')).packets[6]
    expect([sixth?.timestampUs, sixth?.data.length, sixth?.originalLength]).toEqual([1_795_204_907_553_665, 256, 1514])
  })
})

describe('what cannot be decoded', () => {
  const good = handMade(usual, 0)
  const withVersion = Uint8Array.from(good)
  withVersion[4] = 3
  it.each([
    ['nothing', new Uint8Array(), 'unexpected-end', 0, 0],
    ['half a header', good.slice(0, 20), 'unexpected-end', 0, 0],
    ['text', new TextEncoder().encode('tcpdump: permission denied'), 'bad-magic', 0, 0],
    ['pcapng', Uint8Array.of(0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 0), 'wrong-format', 0, 0],
    ['version 3', withVersion, 'unsupported-version', 0, 0],
    ['half a record header', good.slice(0, 30), 'unexpected-end', 24, 0],
    ['half a packet', good.slice(0, 42), 'unexpected-end', 24, 0],
    ['a record that is too long', handMade(usual, 0, { captured: 262_145 }), 'record-too-long', 24, 0],
    ['garbage behind a packet', Uint8Array.from([...good, ...Array.from({ length: 16 }, () => 0xff)]), 'record-too-long', 43, 1],
  ] as const)('%s is an error with a place', (_, bytes, code, offset, packetCount) => {
    const result = decodePcap(bytes)
    expect(result.packets).toHaveLength(packetCount)
    expect(result.ok ? undefined : [result.error.code, result.error.offset]).toEqual([code, offset])
  })
})

describe('createPcapDecoder', () => {
  const bytes = captureBytes('h1/eth1-underlay')
  const whole = decodePcap(bytes).packets

  it.each([1, 7, 24, 300, 5000])('yields the same from chunks of %i bytes', (size) => {
    const decoder = createPcapDecoder()
    const packets: CapturedPacket[] = []
    for (let at = 0; at < bytes.length; at += size) packets.push(...decoder.push(bytes.subarray(at, at + size)).packets)
    expect([decoder.finish().ok, packets]).toEqual([true, whole])
  })

  it('hands out a packet with its last byte, not later', () => {
    const decoder = createPcapDecoder()
    expect(decoder.push(bytes.subarray(0, 24 + 16 + 147)).packets).toHaveLength(0)
    expect(decoder.push(bytes.subarray(24 + 16 + 147, 24 + 16 + 148)).packets).toHaveLength(1)
  })

  it('does not share memory with the chunks', () => {
    const chunk = Uint8Array.from(bytes)
    const [first] = createPcapDecoder().push(chunk).packets
    chunk.fill(0)
    expect(first?.data[0]).toBe(0xee)
  })

  it('stays stopped after an error', () => {
    const decoder = createPcapDecoder()
    const error = { code: 'bad-magic', offset: 0, params: { format: 'pcap' } } as const
    expect(explainCaptureError(error)).toBe('this is not a pcap file')
    expect(decoder.push(new Uint8Array(4))).toEqual({ ok: false, packets: [], error })
    expect(decoder.push(bytes)).toEqual({ ok: false, packets: [], error })
    expect(decoder.finish()).toEqual({ ok: false, packets: [], error })
  })
})

describe('encodePcap', () => {
  it('writes a real capture back byte by byte', () => {
    const bytes = captureBytes('h2/tap7668b6f4-2d')
    expect(encodePcap(decodePcap(bytes).packets, 256)).toEqual(bytes)
  })

  it('relays header and records apart', () => {
    const [first, second] = decodePcap(captureBytes('h1/tapf4513237-f5')).packets as [CapturedPacket, CapturedPacket]
    const decoder = createPcapDecoder()
    decoder.push(encodePcapHeader())
    expect(decoder.push(encodePcapRecord(first)).packets).toEqual([first])
    expect(decoder.push(encodePcapRecord(second)).packets).toEqual([second])
  })
})
