// One line of evidence per hop, for the record and for the screen: expected, seen, how many, one decoded packet, the
// kept capture. Statuses come from the verdict.

import type { Coded } from '../finding'
import type { MatchCount } from '../packet/count-matching'
import { expectedAt } from './expectations'
import type { Path, PathHop } from './path'
import type { CaptureCounts } from './sighting'
import type { HopEvidence } from './verification'
import { isMute, travelOf } from './travel'
import type { TrafficVerdict } from './verdict'
import type { EvidenceNote, SeenParams } from './verdict-params'

/** What was measured at one hop. `problem` is why it could not be measured. */
export type HopMeasure =
  | {
      readonly method: 'capture'
      readonly captured: CaptureCounts
      readonly captureId: string | null
      readonly isWhole: boolean
      readonly note: EvidenceNote | null
    }
  | { readonly method: 'flow-counter'; readonly forth: number | null; readonly back: number | null; readonly note: EvidenceNote | null }
  | { readonly method: 'none'; readonly problem: EvidenceNote | null }

/** Echo requests sent and answered, as the ping reports it; null when it could not be run. */
export interface PingCount {
  readonly transmitted: number
  readonly received: number
}

export function hopEvidence(path: Path, hop: PathHop, measure: HopMeasure, verdict: TrafficVerdict, ping: PingCount | null): HopEvidence {
  const judged = verdict.statuses.get(hop.id) ?? { status: 'unchecked', note: null }
  const base = {
    hopId: hop.id,
    host: hop.hostName ?? '',
    interface: hop.place.device,
    // A hop that could be captured but was not is proven by its neighbours, if at all.
    method: measure.method,
    expected: expectedAt(hop),
    status: judged.status,
    sample: null,
    pcap: null,
  } as const
  if (isMute(hop)) return { ...base, ...guestEvidence(path, hop, ping) }
  if (measure.method === 'capture') return { ...base, ...captureEvidence(measure, judged.note) }
  if (measure.method === 'flow-counter') return { ...base, ...counterEvidence(hop, measure, judged.note) }
  return { ...base, seen: null, packets: 0, notes: notesOf(judged.note, measure.problem) }
}

/** Where nothing can be caught or counted: what one capture saw before it and another after it has crossed it. */
export function withCrossings(path: Path, hops: readonly HopEvidence[]): HopEvidence[] {
  const isCapture = ({ method }: HopEvidence): boolean => method === 'capture'
  const ways = [travelOf(path, 'echo-request'), travelOf(path, 'echo-reply')].map((travel) =>
    travel.flatMap(({ id }) => hops.find(({ hopId }) => hopId === id) ?? []),
  )
  return hops.map((hop) => {
    const way = ways.find((each) => each.includes(hop)) ?? []
    const index = way.indexOf(hop)
    const [before, after] = [way.slice(0, index).findLast(isCapture), way.slice(index + 1).find(isCapture)]
    if (hop.method !== 'none' || hop.status !== 'agrees' || hop.packets > 0 || !before || !after) return hop
    return {
      ...hop,
      packets: Math.min(before.packets, after.packets),
      seen: { code: 'crossed', params: { before: before.interface, behind: after.interface } },
    }
  })
}

/** Inside the guests, and outside, only the ping speaks: it sent, and it was answered. */
function guestEvidence(
  { source, forth }: Path,
  { id }: PathHop,
  ping: PingCount | null,
): Pick<HopEvidence, 'seen' | 'packets' | 'status' | 'notes'> {
  if (!ping) return { seen: null, packets: 0, status: 'unchecked', notes: [{ code: 'no-ping', params: {} }] }
  const isSource = id === forth.hops[0]?.id
  const packets = isSource ? ping.transmitted : ping.received
  const seen: Coded<SeenParams> = isSource
    ? { code: 'echo-sent', params: { count: packets } }
    : { code: 'echo-answered', params: { count: packets, of: ping.transmitted } }
  const isWhole = isSource ? packets > 0 : packets === ping.transmitted && packets > 0
  // A lost reply is no fault of the guest that may have sent it: only an answer is proof.
  return {
    seen,
    packets,
    status: isWhole ? 'agrees' : 'unchecked',
    notes: isWhole ? [] : [{ code: 'told-by-ping', params: { label: source.label } }],
  }
}

function captureEvidence({ captured, captureId, note }: Extract<HopMeasure, { method: 'capture' }>, judgedNote: EvidenceNote | null) {
  const requests = captured['echo-request']
  const hasEcho = requests.matched > 0 || requests.near.length > 0 || captured['echo-reply'].matched > 0
  const [asked, answered] = hasEcho ? [requests, captured['echo-reply']] : [captured['arp-request'], captured['arp-reply']]
  const sample = asked.sample ?? asked.near[0]?.sample ?? answered.sample ?? null
  return {
    seen: packetsSeen(hasEcho ? 'echo' : 'arp', asked, answered),
    // Where only the way back comes by, the replies.
    packets: asked.matched || answered.matched,
    sample: sample?.shape ?? null,
    pcap: captureId,
    notes: notesOf(judgedNote, note),
  }
}

function packetsSeen(what: 'echo' | 'arp', asked: MatchCount, answered: MatchCount): Coded<SeenParams> | null {
  const near = [...asked.near, ...answered.near].map(({ count, mismatches }) => ({ count, mismatches }))
  if (asked.matched + answered.matched === 0 && near.length === 0) return null
  return { code: 'packets', params: { what, requests: asked.matched, replies: answered.matched, near } }
}

function counterEvidence(
  hop: PathHop,
  { forth, back, note }: Extract<HopMeasure, { method: 'flow-counter' }>,
  judgedNote: EvidenceNote | null,
) {
  const seen = forth === null && back === null ? null : ({ code: 'counted', params: { forth, back } } as const)
  return { seen, packets: forth ?? back ?? 0, notes: notesOf(judgedNote, note, sharedNote(hop)) }
}

/** A flow that matches everything counts everybody, both ways: it can confirm a path, never alone prove it. */
function sharedNote({ proof }: PathHop): EvidenceNote | null {
  const isShared = proof.method === 'flow-counter' && proof.flowKeys.some((key) => key.endsWith('/'))
  return isShared ? { code: 'shared-flow', params: {} } : null
}

const notesOf = (...notes: readonly (EvidenceNote | null)[]): EvidenceNote[] => notes.filter((note) => note !== null)
