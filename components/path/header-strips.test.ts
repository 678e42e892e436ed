import { describe, expect, it } from 'vitest'

import { arpRequest, echoRequest, type Frame, UNHEARD_MAC } from '@/server/core/walk/frame'

import { headerStrips } from './header-strips'
import type { PlacedSegment } from './placed'

const frame = echoRequest({ mac: 'fa:16:3e:00:00:01', ip: '10.0.0.5' }, { mac: 'fa:16:3e:00:00:02', ip: '198.51.100.10' })
const routed: Frame = {
  ...frame,
  sourceMac: 'fa:16:3e:00:00:03',
  destinationMac: UNHEARD_MAC,
  payload: { ...frame.payload, ttl: 63 } as Frame['payload'],
}
const tunnelled: Frame = {
  ...echoRequest({ mac: '02:00:00:00:00:01', ip: '192.168.150.11' }, { mac: '02:00:00:00:00:02', ip: '192.168.150.12' }),
  payload: {
    kind: 'ipv4',
    source: '192.168.150.11',
    destination: '192.168.150.12',
    ttl: 64,
    tos: 0,
    protocol: 17,
    fragment: 'none',
    transport: { kind: 'udp', sourcePort: 1, destinationPort: 4789, tunnelled: { vni: 7, frame } },
  },
}

const segments = (...frames: readonly Frame[]): readonly PlacedSegment[] =>
  frames.map((each, index) => ({
    id: String(index),
    fromHopId: `${index}`,
    toHopId: `${index + 1}`,
    fromX: index * 10,
    toX: index * 10 + 10,
    style: 'wire',
    encapsulation: { kind: 'untagged' },
    frame: each,
  }))

describe('the strips of MACs and addresses', () => {
  it.each<[string, readonly Frame[], readonly string[], readonly string[]]>([
    [
      'of one packet are one cell, whatever tunnel it is in',
      [frame, tunnelled, frame],
      ['0–30 fa:16:3e:00:00:01 → fa:16:3e:00:00:02'],
      ['0–30 10.0.0.5  TTL 64 → 198.51.100.10'],
    ],
    [
      'end where it is made another one, and say what is not known',
      [frame, routed],
      ['0–10 fa:16:3e:00:00:01 → fa:16:3e:00:00:02', '10–20 fa:16:3e:00:00:03 → MAC not known'],
      ['0–10 10.0.0.5  TTL 64 → 198.51.100.10', '10–20 10.0.0.5  TTL 63 → 198.51.100.10'],
    ],
    [
      'tell a question, too',
      [arpRequest({ mac: UNHEARD_MAC, ip: '203.0.113.1' }, '203.0.113.50')],
      ['0–10 MAC not known → ff:ff:ff:ff:ff:ff'],
      ['0–10 ARP who has 203.0.113.50 tell 203.0.113.1'],
    ],
    ['of nothing are none', [], [], []],
  ])('%s', (_, frames, macs, addresses) => {
    const strips = headerStrips({ segments: segments(...frames) })
    const shown = (cells: typeof strips.macs) => cells.map(({ fromX, toX, lines }) => `${fromX}–${toX} ${lines.join(' ')}`)
    expect([shown(strips.macs), shown(strips.addresses)]).toEqual([macs, addresses])
  })
})
