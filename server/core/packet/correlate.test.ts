import { describe, expect, it } from 'vitest'
import { summaryOf } from '../explain/packet'
import type { CapturedPacket } from './captured-packet'
import { type CapturePoint, type CorrelatedFlow, correlate } from './correlate'
import { arp, type Bytes, ethernet, frame, icmpEcho, ipv4, MAC_A, MAC_B, ping, tcp, tunnelled, zeros } from './testing/build-frame'
import { capture, type CaptureName, cutTo, packet } from './testing/captures'

/** A point `order` steps down the path; each frame is seen at its own time plus 10 µs per step. */
function point(order: number, frames: readonly (readonly [timestampUs: number, bytes: Bytes])[], clockId = 'h1'): CapturePoint {
  const packets = frames.map(([timestampUs, bytes]) => packet(frame(bytes), timestampUs + order * 10))
  return { pointId: `p${order}`, order, packets, clockId }
}

/** Each packet as `summary @ points`, with what is missing. */
function travelled({ packets }: CorrelatedFlow): string[] {
  return packets.map(({ sightings, missingAt }) => {
    const seen = sightings.map(({ pointId, indexes }) => `${pointId}${indexes.length > 1 ? `×${indexes.length}` : ''}`).join(' ')
    if (!missingAt) return seen
    const { extent, pointId, afterPointId, isSeenLater } = missingAt
    return `${seen} | ${extent} missing at ${pointId} after ${afterPointId}${isSeenLater ? ', seen later' : ''}`
  })
}

const reply = [...ethernet(0x0800), ...ipv4(1, icmpEcho(0, 12, 1), { source: '10.0.0.6', destination: '10.0.0.5' })]
const request = ping(12, 1)

describe('a path without loss', () => {
  it('finds request and reply, each in its direction', () => {
    const points = [0, 1, 2].map((order) => {
      const frames = [
        [0, request],
        [100 - order * 20, reply],
      ] as const
      return point(order, order === 2 ? frames.map(([at, bytes]) => [at, tunnelled(7, bytes)] as const) : frames)
    })
    const { flows, unidentified } = correlate(points)
    expect(flows.map((flow) => [flow.direction, travelled(flow)])).toEqual([
      ['forward', ['p0 p1 p2']],
      ['reverse', ['p2 p1 p0']],
    ])
    expect(unidentified).toEqual([])
  })

  it('tells each packet by what it is, as first seen', () => {
    const { flows } = correlate([point(1, [[0, tunnelled(7, request)]]), point(0, [[0, request]])])
    const [first] = flows[0]!.packets
    expect(summaryOf(first!)).toBe('10.0.0.5 → 10.0.0.6 ICMP echo request id 12 seq 1')
    expect(first).toMatchObject({
      sightings: [
        { pointId: 'p0', indexes: [0], timestampUs: 0, isPartial: false },
        { pointId: 'p1', timestampUs: 10 },
      ],
    })
  })
})

describe('a packet that is lost', () => {
  const two = [
    [0, request],
    [1000, ping(12, 2)],
  ] as const

  it('is missing at the first point that does not see it', () => {
    const { flows } = correlate([point(0, two), point(1, two), point(2, two.slice(0, 1)), point(3, two.slice(0, 1))])
    expect(flows.map(travelled)).toEqual([['p0 p1 p2 p3', 'p0 p1 | all missing at p2 after p1']])
  })

  it('is missing on the way back, too', () => {
    const back = (order: number) =>
      point(order, [
        [0, request],
        [100 - order * 20, reply],
      ])
    const lost = point(0, [[0, request]])
    expect(correlate([lost, back(1), back(2)]).flows.map(travelled)).toEqual([['p0 p1 p2'], ['p2 p1 | all missing at p0 after p1']])
  })

  it('was not lost where a later point sees it', () => {
    expect(correlate([point(0, two), point(1, []), point(2, two)]).flows.map(travelled)).toEqual([
      ['p0 p2 | all missing at p1 after p0, seen later', 'p0 p2 | all missing at p1 after p0, seen later'],
    ])
  })

  it('gives no verdict when the direction is not known', () => {
    const points = [point(0, []), point(1, [[0, request]]), point(2, [])]
    expect(correlate(points).flows.map((flow) => [flow.direction, travelled(flow)])).toEqual([['unknown', ['p1']]])
  })

  it.each([
    [{ first: ['10.0.0.5'], last: [] }, 'forward', 'p1 | all missing at p2 after p1'],
    [{ first: [], last: ['10.0.0.5'] }, 'reverse', 'p1 | all missing at p0 after p1'],
    [{ first: ['10.0.0.1'], last: ['10.0.0.2'] }, 'unknown', 'p1'],
  ])('has a verdict when the ends are given: %j', (ends, direction, told) => {
    const points = [point(0, []), point(1, [[0, request]]), point(2, [])]
    expect(correlate(points, { ends }).flows.map((flow) => [flow.direction, travelled(flow)])).toEqual([[direction, [told]]])
  })
})

describe('clocks of different hosts', () => {
  const early = [[0, request]] as const
  it('are not compared', () => {
    const wrongClock = { ...point(1, [[-5000, request]]), clockId: 'h2' }
    expect(correlate([point(0, early), wrongClock]).flows[0]?.direction).toBe('unknown')
    expect(correlate([point(0, early), point(1, [[-5000, request]])]).flows[0]?.direction).toBe('reverse')
  })
})

describe('identical packets', () => {
  const who = [...ethernet(0x0806), ...arp(1, [MAC_A, '10.0.0.5'], [MAC_B, '10.0.0.6'])]
  const times = (count: number) => Array.from({ length: count }, (_, nth) => [nth * 1000, who] as const)

  it.each([
    ['the same number everywhere: in order', [3, 3, 3], ['p0 p1 p2', 'p0 p1 p2', 'p0 p1 p2']],
    ['all lost: each by itself', [2, 2, 0], ['p0 p1 | all missing at p2 after p1', 'p0 p1 | all missing at p2 after p1']],
    ['fewer: nobody knows which', [3, 3, 2], ['p0×3 p1×3 p2×2 | some missing at p2 after p1']],
    ['one copy per tunnel is no loss at the next host', [1, 2, 1], ['p0 p1×2 p2']],
    ['a loss after copying', [2, 4, 1], ['p0×2 p1×4 p2 | some missing at p2 after p1']],
  ])('%s', (_, counts, told) => {
    expect(correlate(counts.map((count, order) => point(order, times(count)))).flows.map(travelled)).toEqual([told])
  })
})

describe('TCP with segmentation offload', () => {
  const segment = (from: number, to: number, identification = 0): Bytes => {
    return [...ethernet(0x0800), ...ipv4(6, tcp(zeros(to - from), { sequence: (0xffff_ff00 + from) >>> 0 }), { identification })]
  }
  const syn = [...ethernet(0x0800), ...ipv4(6, tcp([], { flags: 2 }))]
  const at = (order: number, ...segments: Bytes[]) =>
    point(
      order,
      [syn, ...segments].map((bytes, nth) => [nth * 100, bytes] as const),
    )

  it('matches one large segment with the small ones it became, across the wrap of the sequence', () => {
    const { flows } = correlate([at(0, segment(0, 3000)), at(1, segment(0, 1400, 1), segment(1400, 2800, 2), segment(2800, 3000, 3))])
    expect(flows.map((flow) => [flow.direction, travelled(flow)])).toEqual([['forward', ['p0 p1', 'p0 p1×3']]])
  })

  it('matches small segments with the large one that receive offload made', () => {
    const { flows } = correlate([at(0, segment(0, 100), segment(100, 200)), at(1, segment(0, 200))])
    expect(flows.map(travelled)).toEqual([['p0 p1', 'p0 p1', 'p0 p1']])
  })

  it('sees that some bytes are missing, and where', () => {
    const { flows } = correlate([at(0, segment(0, 3000)), at(1, segment(0, 1400), segment(2800, 3000)), at(2, segment(0, 1400))])
    expect(flows.map(travelled)).toEqual([['p0 p1 p2', 'p0 p1×2 p2 | some missing at p1 after p0']])
  })
})

describe('what cannot be matched', () => {
  it('is listed', () => {
    const cut: CapturedPacket = cutTo(30, frame(request))
    const points = [
      { pointId: 'a', order: 0, packets: [cut] },
      { pointId: 'b', order: 1, packets: [packet(frame(request)), cut] },
    ]
    expect(correlate(points).unidentified).toEqual([
      { pointId: 'a', index: 0 },
      { pointId: 'b', index: 1 },
    ])
  })

  it('falls back to the headers where one point captured too little payload', () => {
    const shallow = { pointId: 'p1', order: 1, packets: [cutTo(50, frame(request), 10)] }
    expect(correlate([point(0, [[0, request]], ''), shallow]).flows.map(travelled)).toEqual([['p0 p1']])
  })
})

describe('the real path of a ping between two hosts', () => {
  const names: readonly CaptureName[] = [
    'h1/tapf4513237-f5',
    'h1/qvbf4513237-f5',
    'h1/qvof4513237-f5',
    'h1/eth1-underlay',
    'h2/eth1-underlay',
    'h2/qvo7668b6f4-2d',
    'h2/qvb7668b6f4-2d',
    'h2/tap7668b6f4-2d',
  ]
  const points = names.map((name, order) => ({
    pointId: name,
    order,
    packets: capture(name),
    clockId: name.slice(0, 2),
  }))
  const { flows, unidentified } = correlate(points)
  const flow = (key: string) => flows.find((candidate) => candidate.key === key)

  it('is seen whole in both directions', () => {
    const there = flow('ip 10.0.1.11>10.0.1.12 protocol 1 type 8/0 id 17231')
    const back = flow('ip 10.0.1.12>10.0.1.11 protocol 1 type 0/0 id 17231')
    expect([there?.direction, there && travelled(there)]).toEqual(['forward', Array.from({ length: 3 }, () => names.join(' '))])
    expect([back?.direction, back && travelled(back)]).toEqual(['reverse', Array.from({ length: 3 }, () => names.toReversed().join(' '))])
    expect(unidentified).toEqual([])
  })

  it('is seen whole with packets that the snapshot length cut', () => {
    const large = flow('ip 10.0.1.11>10.0.1.12 protocol 1 type 8/0 id 17234')
    expect(large && travelled(large)).toEqual(Array.from({ length: 2 }, () => names.join(' ')))
  })

  it('shows ARP requests to nobody as they cross in order', () => {
    const nobody = flow('arp 10.0.1.11>10.0.1.99 op 1')
    expect([nobody?.direction, nobody && travelled(nobody)]).toEqual(['forward', Array.from({ length: 3 }, () => names.join(' '))])
  })

  it('shows that br-tun answers ARP itself: the request does not reach the wire', () => {
    const answered = flow('arp 10.0.1.11>10.0.1.12 op 1')
    expect(answered && travelled(answered)).toEqual([
      `${names.slice(0, 3).join(' ')} | all missing at h1/eth1-underlay after h1/qvof4513237-f5`,
    ])
    const fromFarEnd = flow('arp 10.0.1.12>10.0.1.11 op 1')
    expect(fromFarEnd && [fromFarEnd.direction, ...travelled(fromFarEnd)]).toEqual([
      'reverse',
      `${names.slice(5).toReversed().join(' ')} | all missing at h2/eth1-underlay after h2/qvo7668b6f4-2d`,
    ])
  })
})
