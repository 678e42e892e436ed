// Laws that hold for any input: encoding and decoding are inverse, and no bytes whatsoever make a reader throw or hang.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteQueue } from './byte-queue'
import { concatBytes } from './bytes'
import type { CapturedPacket } from './captured-packet'
import { correlate } from './correlate'
import { dissect, MAX_LAYERS } from './dissect'
import { describeHeader, summaryOf } from '../explain/packet'
import { shapeOf } from './headers'
import { packetKey } from './packet-key'
import { createPcapDecoder, decodePcap } from './pcap-reader'
import { encodePcap } from './pcap-writer'
import { decodePcapng } from './pcapng-reader'
import { encodePcapng } from './pcapng-writer'
import { groupByRange } from './tcp-ranges'
import { capture, captureBytes, captureNames, packet } from './testing/captures'

/** Seconds are 32 bits wide in pcap. */
const MAX_TIMESTAMP = 2 ** 32 * 1_000_000 - 1
const data = fc.uint8Array({ maxLength: 300 })
const anyPacket: fc.Arbitrary<CapturedPacket> = fc
  .record({ timestampUs: fc.integer({ min: 0, max: MAX_TIMESTAMP }), data, missing: fc.nat(2000) })
  .map(({ missing, ...rest }) => ({ ...rest, originalLength: rest.data.length + missing }))

/** Frames that were real before some bytes were changed: these reach deeper than random bytes. */
const realFrames = captureNames.flatMap((name) => capture(name))
const mangled = fc
  .tuple(fc.constantFrom(...realFrames), fc.array(fc.tuple(fc.nat(255), fc.nat(255)), { maxLength: 6 }))
  .map(([real, changes]) => {
    const bytes = real.data.slice()
    for (const [at, value] of changes) bytes[at % bytes.length] = value
    return { ...real, data: bytes }
  })

/** Headers of every kind that is known, with random bodies. */
const steered = fc
  .tuple(
    fc.constantFrom([0x08, 0x00], [0x08, 0x06], [0x81, 0x00], [0x86, 0xdd], [0x88, 0xa8]),
    fc.nat(255),
    fc.uint16Array({ minLength: 2, maxLength: 2 }),
    data,
  )
  .map(([type, protocol, ports, body]) => {
    const bytes = new Uint8Array(14 + 20 + 8 + body.length)
    bytes.set(type, 12)
    bytes.set([0x45, 0, bytes.length >> 8, bytes.length & 0xff, 0, 0, 0, 0, 64, [1, 6, 17, protocol][protocol % 4] ?? 0], 14)
    const [source = 0, destination = 0] = ports.map((port) => [53, 67, 68, 4789, port][port % 5] ?? 0)
    bytes.set([source >> 8, source & 0xff, destination >> 8, destination & 0xff, 0, 8 + body.length], 34)
    bytes.set(body, 42)
    return packet(bytes)
  })

const hostile = fc.oneof(anyPacket, mangled, steered)

describe('codecs', () => {
  it('pcap: decode after encode is the identity', () => {
    fc.assert(
      fc.property(fc.array(anyPacket), (packets) => {
        expect(decodePcap(encodePcap(packets))).toMatchObject({ ok: true, packets })
      }),
    )
  })

  it('pcap: any split into chunks yields the same', () => {
    const bytes = captureBytes('h1/tapf4513237-f5')
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        const decoder = createPcapDecoder()
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const packets = places.slice(1).flatMap((end, index) => decoder.push(bytes.slice(places[index], end)).packets)
        expect(packets).toEqual(decodePcap(bytes).packets)
      }),
    )
  })

  it('pcapng: decode after encode is the identity', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    const interfaces = fc.array(fc.record({ name: text, description: text, snapLength: fc.nat(), linkType: fc.nat(0xffff) }), {
      minLength: 1,
    })
    const content = interfaces.chain((described) =>
      fc.record({
        interfaces: fc.constant(described),
        packets: fc.array(
          fc
            .tuple(anyPacket, fc.nat(described.length - 1), fc.array(text))
            .map(([seen, interfaceId, comments]) => ({ ...seen, interfaceId, comments })),
        ),
      }),
    )
    fc.assert(
      fc.property(content, (given) => {
        expect(decodePcapng(encodePcapng(given))).toEqual({ ok: true, skippedBlocks: 0, ...given })
      }),
    )
  })

  it('neither throws on any bytes, nor on a file cut or changed anywhere', () => {
    const pcap = captureBytes('h1/tapf4513237-f5').slice(0, 400)
    const pcapng = encodePcapng({
      interfaces: [{ name: 'a' }],
      packets: [{ ...packet(pcap.slice(0, 50)), interfaceId: 0, comments: ['x'] }],
    })
    const changed = fc.tuple(fc.constantFrom(pcap, pcapng), fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([file, at, bytes]) => {
      const place = at % file.length
      return concatBytes([file.slice(0, place), bytes, file.slice(place + bytes.length)])
    })
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), changed), (bytes) => {
        decodePcap(bytes)
        decodePcapng(bytes)
      }),
      { numRuns: 2000 },
    )
    for (let length = 0; length < 400; length += 1) expect(decodePcap(pcap.slice(0, length)).packets.length).toBeLessThan(5)
    for (let length = 0; length < pcapng.length; length += 1) decodePcapng(pcapng.slice(0, length))
  })

  it('the byte queue gives back what it got', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.uint8Array({ maxLength: 9000 }), fc.nat(9000))), (steps) => {
        const queue = new ByteQueue()
        const taken = steps.map(([chunk, length]) => (queue.push(chunk), queue.take(length)))
        expect(concatBytes([...taken, queue.take(queue.length)])).toEqual(concatBytes(steps.map(([chunk]) => chunk)))
      }),
    )
  })
})

describe('dissect', () => {
  it('takes any frame: it ends, and all spans lie within the frame', () => {
    fc.assert(
      fc.property(hostile, (seen) => {
        const dissection = dissect(seen.data, seen)
        const { layers, malformed } = dissection
        expect(layers.length).toBeLessThanOrEqual(MAX_LAYERS)
        expect(summaryOf(dissection)).not.toBe('')
        for (const { offset, length } of [...layers, ...layers.flatMap((layer) => layer.fields), ...(malformed?.fields ?? [])]) {
          expect(offset >= 0 && length >= 0 && offset + length <= seen.data.length).toBe(true)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('takes every real frame cut at every length, and never says more than of the whole', () => {
    for (const { data: whole, originalLength } of realFrames.slice(0, 80)) {
      const full = dissect(whole, { originalLength }).layers.map(({ protocol }) => protocol)
      for (let length = 0; length < whole.length; length += 1) {
        const { layers, malformed } = dissect(whole.slice(0, length), { originalLength })
        expect(full.slice(0, layers.length)).toEqual(layers.map(({ protocol }) => protocol))
        expect(malformed?.cause ?? 'cut').toBe('cut')
      }
    }
  })
})

describe('what is made of a dissection', () => {
  it('headers, words and keys exist for any frame, or are undefined', () => {
    fc.assert(
      fc.property(hostile, (seen) => {
        const shape = shapeOf(dissect(seen.data, seen))
        expect(shape ? describeHeader(shape) : 'none').not.toContain('undefined')
        expect(packetKey(seen) ?? 'none').not.toContain('undefined')
      }),
      { numRuns: 2000 },
    )
  })

  it('correlation accounts for every packet of every point', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(hostile, fc.constantFrom(...realFrames)), { maxLength: 8 }), { maxLength: 5 }), (captured) => {
        const points = captured.map((packets, order) => ({ pointId: `p${order}`, order, packets }))
        const { flows, unidentified } = correlate(points)
        const sighted = flows.flatMap(({ packets }) => packets.flatMap(({ sightings }) => sightings))
        const found = sighted.flatMap(({ pointId, indexes }) => indexes.map((index) => `${pointId}/${index}`))
        const all = [...found, ...unidentified.map(({ pointId, index }) => `${pointId}/${index}`)]
        const expected = points.flatMap(({ pointId, packets }) => packets.map((_, index) => `${pointId}/${index}`))
        expect([...new Set(all)].sort()).toEqual(expected.sort())
      }),
    )
  })

  it('a path that loses nothing has nothing missing', () => {
    fc.assert(
      fc.property(fc.subarray(realFrames), fc.integer({ min: 1, max: 5 }), (packets, count) => {
        const points = Array.from({ length: count }, (_, order) => ({
          pointId: `p${order}`,
          order,
          packets: packets.map((seen) => ({ ...seen, timestampUs: seen.timestampUs + order })),
        }))
        const { flows } = correlate(points)
        expect(flows.flatMap(({ packets: known }) => known.filter(({ missingAt }) => missingAt))).toEqual([])
      }),
    )
  })

  it('TCP groups never overlap, and every segment is in one', () => {
    const segment = fc.record({
      sequence: fc.integer({ min: 0xffff_ff00, max: 0xffff_ffff }),
      length: fc.integer({ min: 1, max: 80 }),
    })
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const groups = groupByRange(segments)
        groups.slice(1).forEach((group, index) => expect(group.start).toBeGreaterThanOrEqual(groups[index]?.end ?? Infinity))
        const placed = new Set(groups.flatMap(({ members }) => members.map(({ segment: member }) => member)))
        expect(placed.size).toBe(segments.length)
      }),
    )
  })
})
