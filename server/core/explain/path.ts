// A path in sentences: what each mark says, which hop is the first that disagrees, and why there is no path.
// The verdict is always the first disagreement from the left, since whatever follows it may only be its consequence.

import type { Agreement, AlsoTo, PathHop, PathHost } from '../path/path'
import { explainHeader } from './encapsulation'
import { explainHopFinding, explainNoProof } from './hop'
import { hostHealthNextStep, hostHealthSentence } from './host-health'
import { age, joinSome } from './words'

/** The three truths, in the order they are drawn. */
export type Truth = 'intent' | 'host' | 'traffic'
export const truths: readonly Truth[] = ['intent', 'host', 'traffic']

export const truthMeaning: Record<Truth, string> = {
  intent: 'what the design says',
  host: 'what is there, as read from the host',
  traffic: 'what packets and counters show',
}

export const agreementWord: Record<Agreement, string> = { agrees: 'agrees', differs: 'differs', unchecked: 'not checked' }

const agreementMeaning: Record<Truth, Record<Agreement, string>> = {
  intent: { agrees: 'part of the design', differs: 'not part of the design', unchecked: 'not compared with the design' },
  host: { agrees: 'as designed', differs: 'not as designed', unchecked: 'not read from the host, or not lately' },
  traffic: { agrees: 'packets pass', differs: 'packets do not pass as expected', unchecked: 'no packets checked' },
}

export const explainAgreement = (truth: Truth, agreement: Agreement): string => agreementMeaning[truth][agreement]

/** What a screen reader says about a hop, and its tooltip. */
export function explainHop(hop: PathHop): string {
  const where = hop.hostName === null ? '' : ` on ${hop.hostName}`
  return `${hop.place.device}${where}: ${truths.map((truth) => `${truth} ${agreementWord[hop[truth]]}`).join(', ')}`
}

export const isBroken = (hop: Pick<PathHop, Truth>): boolean => truths.some((truth) => hop[truth] === 'differs')

/** Wrong by itself. Silence alone may be the consequence of a hop before it. */
export const isMisbuilt = (hop: Pick<PathHop, Truth>): boolean => hop.intent === 'differs' || hop.host === 'differs'

export const firstBrokenHop = (hops: readonly PathHop[]): PathHop | null => hops.find(isBroken) ?? null

/** Why this hop is broken, when nobody has said it better. */
export function explainBrokenHop(hop: PathHop): string {
  if (hop.finding !== null) return explainHopFinding(hop.finding)
  const where = hop.hostName === null ? hop.place.device : `${hop.place.device} on ${hop.hostName}`
  const truth = truths.find((each) => hop[each] === 'differs')
  if (truth === undefined) return `${where} agrees.`
  if (truth === 'traffic') return `Packets do not pass ${where} as expected (${explainHeader(hop.encapsulation)}).`
  return `${where} is ${explainAgreement(truth, 'differs')}.`
}

/** Bridges, guests and the wire cannot be asked for packets; their neighbours prove them. */
const canBeProven = (hop: PathHop): boolean => hop.proof.method !== 'none'

/** The design, the hosts and the packets agree wherever they can be asked. */
export const isProvenPath = (hops: readonly PathHop[]): boolean =>
  hops.some(canBeProven) &&
  hops.every((hop) => (hop.host === 'agrees' || hop.place.hostId === null) && (hop.traffic === 'agrees' || !canBeProven(hop)))

/** One sentence for the whole path while no hop disagrees. `overtakenBy` is the revision since which no packets were checked. */
export function explainAgreeingPath(hops: readonly PathHop[], overtakenBy: number | null = null): string {
  if (isProvenPath(hops)) return 'All hops agree: the design, the hosts and the packets say the same.'
  const onHosts = hops.filter((hop) => hop.place.hostId !== null)
  const provable = hops.filter(canBeProven)
  const unread = onHosts.filter((hop) => hop.host === 'unchecked').length
  const untried = provable.filter((hop) => hop.traffic === 'unchecked').length
  if (unread === onHosts.length) return 'Nothing fresh was read from the hosts.'
  const traffic =
    untried === provable.length
      ? `No packets were checked ${overtakenBy === null ? 'yet' : `since revision ${overtakenBy}`}.`
      : `${untried} of ${provable.length} hops had no packet check.`
  if (unread === 0) return `The hosts have what the design says. ${untried === 0 ? 'The packets pass.' : traffic}`
  return `No hop disagrees; ${unread} of ${onHosts.length} were not read. ${traffic}`
}

/** Why what was found once is no verdict now. */
export function explainLapse(stale: readonly PathHost[], overtakenBy: number | null): string {
  const names = (hosts: readonly PathHost[]) => joinSome(hosts.map(({ name }) => name))
  const [mute, old] = [stale.filter(({ trouble }) => trouble !== null), stale.filter(({ trouble }) => trouble === null)]
  return [
    ...(overtakenBy === null ? [] : [`That was before revision ${overtakenBy}.`]),
    ...(mute.length === 0 ? [] : [`${names(mute)} cannot be read.`]),
    ...(old.length === 0 ? [] : [`What is known of ${names(old)} is not fresh.`]),
    ...(overtakenBy !== null && stale.length === 0 ? ['Verify again.'] : []),
  ].join(' ')
}

/** Which hosts are not fresh, as short as a label, and with what is known about it. */
export function explainStaleHosts(stale: readonly PathHost[], now: number): { readonly label: string; readonly detail: string } {
  const [first, ...others] = stale
  const label = first && others.length === 0 ? explainStaleHost(first, now) : `${joinSome(stale.map(({ name }) => name))} not fresh`
  return { label, detail: stale.map((host) => explainTrouble(host)?.join(' ') ?? `${explainStaleHost(host, now)}.`).join('\n') }
}

function explainStaleHost({ name, observedAt, trouble }: PathHost, now: number): string {
  if (trouble !== null) return `${name} cannot be read`
  return observedAt === null ? `${name} not read yet` : `${name} read ${age(observedAt, now)}`
}

/** Why the host cannot be read, and what to do about it; null when nothing is known to be in the way. */
export function explainTrouble({ name, trouble }: PathHost): readonly string[] | null {
  if (trouble === null) return null
  return [hostHealthSentence(name, trouble), hostHealthNextStep(trouble) ?? []].flat()
}

/** Where else a bridge sends the frame. */
export function explainAlsoTo({ alsoTo }: Pick<PathHop, 'alsoTo'>): string {
  const ports = (as: AlsoTo['as']) => alsoTo.filter((each) => each.as === as).map(({ port }) => port)
  const [copies, alternatives] = [ports('copy'), ports('alternative')]
  return [
    copies.length > 0 ? `${joinSome(copies)}: a copy each` : null,
    alternatives.length > 0 ? `${joinSome(alternatives)}: one of them instead` : null,
  ]
    .filter((part) => part !== null)
    .join('; ')
}

export function explainProof({ proof }: Pick<PathHop, 'proof'>): string {
  switch (proof.method) {
    case 'capture':
      return `Proven by a capture on ${proof.device}${proof.netns === '' ? '' : ` in ${proof.netns}`}`
    case 'flow-counter':
      return `Proven by the flow counters of ${proof.bridge}; captures do not see it`
    case 'none':
      return `Not provable by itself: ${explainNoProof(proof.reason)}`
  }
}
