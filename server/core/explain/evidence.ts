// The evidence of one hop and the stages of a verification, in words.

import type { Coded } from '../finding'
import type { HopEvidence } from '../path/verification'
import type { EvidenceNoteParams, ExpectedParams, SeenParams, StageParams } from '../path/verdict-params'
import { explainFlow, parseFlowKey } from './flow'
import { noProofMessages } from './hop'
import { sayCoded, type Messages } from './message'
import { mismatchWords } from './mismatch'
import { describeEncapsulation, describeHeader } from './packet'
import { guestMessages, notMeasuredMessages } from './verdict'
import { joinWords } from './words'

function wrappingOf(encapsulation: ExpectedParams['header']['encapsulation']): string {
  if (encapsulation === 'any' || encapsulation === 'untagged') return encapsulation
  if (encapsulation.kind === 'dot1q') return describeEncapsulation(encapsulation)
  const { vni, outerSource = '?', outerDestination = '?' } = encapsulation
  return describeEncapsulation({ kind: 'vxlan', vni, outerSource, outerDestination, outerVlanIds: [] })
}

/** `br-tun/20/2/dl_dst=…` → `br-tun T20 p2 dl_dst=…` */
function keyWords(key: string): string {
  const flow = parseFlowKey(key)
  return flow ? explainFlow(flow) : key
}

const expected: Messages<ExpectedParams> = {
  ...noProofMessages,
  'nothing-forwards': () => 'No flow forwards these frames',
  'counted-by': ({ flowKeys }) => `Packets counted by ${flowKeys.map(keyWords).join(' and ')}`,
  header: ({ encapsulation, source, destination }) =>
    `${wrappingOf(encapsulation)} │ ${source} → ${destination} ICMP echo request, and its reply`,
  said: ({ said }) => said,
}

/** `VXLAN 100 192.168.150.11 → 192.168.150.12 │ 10.0.0.5 → 10.0.0.6 ICMP echo request, and its reply` */
export const explainExpected = (evidence: Pick<HopEvidence, 'expected'>): string => sayCoded(expected, evidence.expected)

const seen: Messages<SeenParams> = {
  'echo-sent': ({ count }) => `${count} echo requests sent`,
  'echo-answered': ({ count, of }) => `${count} of ${of} answered`,
  crossed: ({ before, behind }) => `seen at ${before} before it and at ${behind} after it`,
  packets: ({ what, requests, replies, near }) =>
    [
      `${requests} ${what === 'arp' ? 'ARP' : 'echo'} requests`,
      `${replies} replies`,
      ...near.map(({ count, mismatches }) => `${count} with ${mismatchWords(mismatches)}`),
    ].join(', '),
  counted: ({ forth, back }) =>
    [forth === null ? [] : `${forth} towards the destination`, back === null ? [] : `${back} back`].flat().join(', '),
  said: ({ said }) => said,
}

/** null: nothing. */
export const explainSeen = (evidence: Pick<HopEvidence, 'seen'>): string | null => evidence.seen && sayCoded(seen, evidence.seen)

/** One packet of those that were caught; null: there is none to show. */
export const explainSample = ({ sample }: Pick<HopEvidence, 'sample'>): string | null =>
  typeof sample === 'string' ? sample : sample && describeHeader(sample)

const notes: Messages<EvidenceNoteParams> = {
  ...notMeasuredMessages,
  'replies-lost': () => 'Requests passed here; the replies were lost before they came back',
  'behind-the-loss': () => 'Behind the hop where the packets are lost',
  'counted-less': ({ seen: count, wanted, wereAnswered }) =>
    `Only ${count} of ${wanted} counted here, but all of them were ${wereAnswered ? 'answered' : 'seen further on'}`,
  'seen-around': ({ before, behind }) => `Seen before it at ${before} and behind it at ${behind}`,
  'no-ping': () => 'The ping did not run',
  'told-by-ping': ({ label }) => `As ${label}'s ping reports`,
  'shared-flow': () => 'Counted by a flow that all traffic of the bridge shares',
  'nothing-sent': () => 'Nothing was sent',
  'shown-by-neighbours': () => 'Not captured: its neighbours show the same frames',
  'no-place': ({ said }) => `Not captured. ${said ?? 'There was no place for it'}`,
  'counters-unread': ({ said }) => `The counters were not read${said ? `: ${said}` : ''}`,
  'counters-restarted': () => 'Its flows were written again during the ping, so their counters cannot be compared',
  said: ({ said }) => said,
}

/** null: there is nothing to say. */
export const explainNotes = (evidence: Pick<HopEvidence, 'notes'>): string | null =>
  evidence.notes.length === 0 ? null : evidence.notes.map((note) => sayCoded(notes, note)).join('; ')

const stages: Messages<StageParams> = {
  reading: ({ hosts }) => `Reading ${joinWords(hosts)}`,
  'waiting-for-guest': ({ label, why, hasAnswered }) => {
    const news = hasAnswered
      ? why === null
        ? 'it has no address yet'
        : sayCoded(guestMessages, why)
      : 'its guest agent does not answer yet'
    return `Waiting for ${label}: ${news}`
  },
  'waiting-for-places': ({ host }) => `Waiting until others listen less on ${host ?? 'a host'}`,
  listening: ({ points }) => `Listening at ${points} points`,
  sending: ({ label, count, address }) => `${label} sends ${count} echo requests to ${address}`,
  said: ({ said }) => said,
}

export const explainStage = (stage: Coded<StageParams>): string => sayCoded(stages, stage)
