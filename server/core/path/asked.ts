// Who answers when an end asks for an address by ARP, as computed from what was read.

import type { ArpPayload, Frame } from '../walk/frame'
import type { Fleet } from '../walk/fleet'
import { walk } from '../walk/walk'
import type { WalkHop } from '../walk/walk-result'
import { endPlaceOf } from './end-place'
import type { PathSide } from './path-side'
import { startOf } from './trail'

/** Their MACs, each once: of several the first to answer is believed. */
export function answersTo(observed: Fleet, from: PathSide, question: Frame): readonly string[] {
  const { payload: asked } = question
  if (asked.kind !== 'arp') return []
  const { root } = walk(observed, startOf(from, question, 'sent-by-device'))
  const answers = [...everyHop(root)].flatMap((hop) => {
    const { payload } = hop.in
    return payload.kind === 'arp' && isAnswer(payload, asked) && isHeardBy(hop, from) ? [payload.senderMac] : []
  })
  return [...new Set(answers)]
}

function* everyHop(hop: WalkHop): Iterable<WalkHop> {
  yield hop
  for (const { next } of hop.branches) yield* everyHop(next)
}

const isAnswer = ({ operation, senderIp }: ArpPayload, { targetIp }: ArpPayload): boolean => operation === 2 && senderIp === targetIp

function isHeardBy({ place, end }: WalkHop, from: PathSide): boolean {
  if (end?.kind !== 'delivered') return false
  if (from.outside) return place.kind === 'outside'
  const inside = endPlaceOf(from)
  return place.hostId === from.host.id && (inside ? place.netns === inside.netns : place.kind === 'guest')
}
