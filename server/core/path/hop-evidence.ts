// One line of evidence per hop, for the record and for the screen: expected, seen, how many, one decoded packet, the
// kept capture. Statuses come from the verdict; here they only get their words.

import type { MatchCount } from '../packet/count-matching'
import { describeExpectation } from './expectations'
import type { Path, PathHop } from './path'
import type { CaptureCounts } from './sighting'
import type { HopEvidence } from './verification'
import type { TrafficVerdict } from './verdict'

/** What was measured at one hop. `problem` is why it could not be measured. */
export type HopMeasure =
  | { readonly method: 'capture'; readonly captured: CaptureCounts; readonly captureId: string | null; readonly note: string | null }
  | { readonly method: 'flow-counter'; readonly forth: number | null; readonly back: number | null; readonly note: string | null }
  | { readonly method: 'none'; readonly problem: string | null }

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
    interface: hop.device,
    // A hop that could be captured but was not is proven by its neighbours, if at all.
    method: measure.method,
    expected: describeExpectation(path, hop),
    status: judged.status,
    sample: null,
    pcap: null,
  } as const
  if (hop.lane === 'vm') return { ...base, ...guestEvidence(path, hop, ping) }
  if (measure.method === 'capture') return { ...base, ...captureEvidence(measure, judged.note) }
  if (measure.method === 'flow-counter') return { ...base, ...counterEvidence(hop, measure, judged.note) }
  return { ...base, seen: null, packets: 0, note: joinNotes(judged.note, measure.problem) }
}

/** Where nothing can be caught or counted: what one capture saw before it and another after it has crossed it. */
export function withCrossings(hops: readonly HopEvidence[]): HopEvidence[] {
  const isCapture = ({ method }: HopEvidence): boolean => method === 'capture'
  return hops.map((hop, index) => {
    const [before, after] = [hops.slice(0, index).findLast(isCapture), hops.slice(index + 1).find(isCapture)]
    if (hop.method !== 'none' || hop.status !== 'ok' || hop.packets > 0 || !before || !after) return hop
    return { ...hop, packets: Math.min(before.packets, after.packets), seen: `seen at ${before.interface} before it and at ${after.interface} after it` }
  })
}

/** Inside the guests only the ping speaks: it sent, and it was answered. */
function guestEvidence({ source }: Path, { id }: PathHop, ping: PingCount | null) {
  if (!ping) return { seen: null, packets: 0, status: 'unchecked', note: 'The ping did not run' } as const
  const isSource = id.endsWith('/source')
  const packets = isSource ? ping.transmitted : ping.received
  const seen = isSource ? `${packets} echo requests sent` : `${packets} of ${ping.transmitted} answered`
  const isWhole = isSource ? packets > 0 : packets === ping.transmitted && packets > 0
  // A lost reply is no fault of the guest that may have sent it: only an answer is proof.
  return { seen, packets, status: isWhole ? 'ok' : 'unchecked', note: isWhole ? null : `As ${source.label}'s ping reports` } as const
}

function captureEvidence({ captured, captureId, note }: Extract<HopMeasure, { method: 'capture' }>, judgedNote: string | null) {
  const requests = captured['echo-request']
  const hasEcho = requests.matched > 0 || requests.near.length > 0
  const [asked, answered] = hasEcho ? [requests, captured['echo-reply']] : [captured['arp-request'], captured['arp-reply']]
  const sample = asked.sample ?? asked.near[0]?.sample ?? answered.sample ?? null
  return {
    seen: describeSeen(hasEcho ? 'echo' : 'ARP', asked, answered),
    packets: asked.matched,
    sample: sample?.text ?? null,
    pcap: captureId,
    note: joinNotes(judgedNote, note),
  }
}

function describeSeen(what: string, asked: MatchCount, answered: MatchCount): string | null {
  const near = [...asked.near, ...answered.near].map(({ count, difference }) => `${count} with ${difference}`)
  if (asked.matched + answered.matched === 0 && near.length === 0) return null
  return [`${asked.matched} ${what} requests`, `${answered.matched} replies`, ...near].join(', ')
}

function counterEvidence(hop: PathHop, { forth, back, note }: Extract<HopMeasure, { method: 'flow-counter' }>, judgedNote: string | null) {
  const towards = forth === null ? null : `${forth} towards the destination`
  const backwards = back === null ? null : `${back} back`
  const seen = [towards, backwards].filter((part) => part !== null).join(', ')
  return { seen: seen === '' ? null : seen, packets: forth ?? 0, note: joinNotes(judgedNote, note, sharedNote(hop)) }
}

/** A flow that matches everything counts everybody, both ways: it can confirm a path, never alone prove it. */
function sharedNote({ proof }: PathHop): string | null {
  const isShared = proof.method === 'flow-counter' && proof.flowKeys.some((key) => key.endsWith('/'))
  return isShared ? 'Counted by a flow that all traffic of the bridge shares' : null
}

const joinNotes = (...notes: readonly (string | null)[]): string | null => notes.filter((note) => note !== null).join('; ') || null
