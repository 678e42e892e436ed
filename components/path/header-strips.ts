// The two strips below that of tags: from which MAC to which, and from which address to which with what TTL, of the packet itself: what a tunnel puts
// around it is the tag strip's. A cell ends exactly where a hop makes another packet of it. Pure.

import { tunnelOf } from '@/server/core/path/packets'
import { type Frame, UNHEARD_MAC } from '@/server/core/walk/frame'

import type { PathLayout } from './placed'

export interface StripCell {
  readonly id: string
  readonly fromX: number
  readonly toX: number
  /** Sender above, receiver below. */
  readonly lines: readonly [string, string]
}

export interface HeaderStrips {
  readonly macs: readonly StripCell[]
  readonly addresses: readonly StripCell[]
}

export const headerStrips = ({ segments }: Pick<PathLayout, 'segments'>): HeaderStrips => ({
  macs: cellsOf(segments, macLines),
  addresses: cellsOf(segments, addressLines),
})

function cellsOf(segments: PathLayout['segments'], linesOf: (frame: Frame) => StripCell['lines']): readonly StripCell[] {
  const cells: StripCell[] = []
  for (const { id, fromX, toX, frame } of segments) {
    const lines = linesOf(tunnelOf(frame)?.frame ?? frame)
    const last = cells.at(-1)
    if (last && last.lines.join() === lines.join()) cells[cells.length - 1] = { ...last, toX }
    else cells.push({ id, fromX, toX, lines })
  }
  return cells
}

const macLines = ({ sourceMac, destinationMac }: Frame): StripCell['lines'] => [macText(sourceMac), `→ ${macText(destinationMac)}`]
const macText = (mac: string): string => (mac === UNHEARD_MAC ? 'MAC not known' : mac)

function addressLines({ payload }: Frame): StripCell['lines'] {
  switch (payload.kind) {
    case 'arp':
      return payload.operation === 1
        ? [`ARP who has ${payload.targetIp}`, `tell ${payload.senderIp}`]
        : [`ARP ${payload.senderIp} is at`, macText(payload.senderMac)]
    case 'other':
      return ['no IP packet', '']
    default:
      return [`${payload.source}  TTL ${payload.ttl}`, `→ ${payload.destination}`]
  }
}

export interface PacketFact {
  readonly name: string
  readonly value: string
}

/** The same, one by one. */
export function packetFacts(frame: Frame): readonly PacketFact[] {
  const { sourceMac, destinationMac, payload } = tunnelOf(frame)?.frame ?? frame
  const macs = [
    { name: 'Source MAC', value: macText(sourceMac) },
    { name: 'Destination MAC', value: macText(destinationMac) },
  ]
  if (payload.kind === 'arp') return [...macs, { name: 'ARP', value: addressLines(frame).join(' ') }]
  if (payload.kind === 'other') return macs
  return [
    ...macs,
    { name: 'Source', value: payload.source },
    { name: 'Destination', value: payload.destination },
    { name: 'TTL', value: String(payload.ttl) },
  ]
}
