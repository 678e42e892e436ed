// A path in sentences: what each mark says, which hop is the first that disagrees, and why there is no path.
// The verdict is always the first disagreement from the left, since whatever follows it may only be its consequence.

import type { Agreement, PathHop } from '../path/path'
import { explainHeader } from './encapsulation'

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
  host: { agrees: 'as designed', differs: 'not as designed', unchecked: 'not read from the host' },
  traffic: { agrees: 'packets pass', differs: 'packets do not pass as expected', unchecked: 'no packets checked' },
}

export const explainAgreement = (truth: Truth, agreement: Agreement): string => agreementMeaning[truth][agreement]

/** What a screen reader says about a hop, and its tooltip. */
export function explainHop(hop: PathHop): string {
  const where = hop.hostName === null ? '' : ` on ${hop.hostName}`
  return `${hop.device}${where}: ${truths.map((truth) => `${truth} ${agreementWord[hop[truth]]}`).join(', ')}`
}

export const isBroken = (hop: Pick<PathHop, Truth>): boolean => truths.some((truth) => hop[truth] === 'differs')

/** Wrong by itself. Silence alone may be the consequence of a hop before it. */
export const isMisbuilt = (hop: Pick<PathHop, Truth>): boolean => hop.intent === 'differs' || hop.host === 'differs'

export const firstBrokenHop = (hops: readonly PathHop[]): PathHop | null => hops.find(isBroken) ?? null

/** Why this hop is broken, when nobody has said it better. */
export function explainBrokenHop(hop: PathHop): string {
  if (hop.finding !== null) return hop.finding
  const where = hop.hostName === null ? hop.device : `${hop.device} on ${hop.hostName}`
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
  hops.every((hop) => (hop.host === 'agrees' || hop.hostId === null) && (hop.traffic === 'agrees' || !canBeProven(hop)))

/** One sentence for the whole path while no hop disagrees. */
export function explainAgreeingPath(hops: readonly PathHop[]): string {
  if (isProvenPath(hops)) return 'All hops agree: the design, the hosts and the packets say the same.'
  const onHosts = hops.filter((hop) => hop.hostId !== null)
  const provable = hops.filter(canBeProven)
  const unread = onHosts.filter((hop) => hop.host === 'unchecked').length
  const untried = provable.filter((hop) => hop.traffic === 'unchecked').length
  if (unread === onHosts.length) return 'Nothing was read from the hosts yet.'
  const traffic = untried === provable.length ? 'No packets were checked yet.' : `${untried} of ${provable.length} hops had no packet check.`
  if (unread === 0) return `The hosts have what the design says. ${untried === 0 ? 'The packets pass.' : traffic}`
  return `No hop disagrees; ${unread} of ${onHosts.length} were not read. ${traffic}`
}

export function explainProof({ proof }: Pick<PathHop, 'proof'>): string {
  switch (proof.method) {
    case 'capture':
      return `Proven by a capture on ${proof.device}${proof.netns === '' ? '' : ` in ${proof.netns}`}`
    case 'flow-counter':
      return `Proven by the flow counters of ${proof.bridge}; captures do not see it`
    case 'none':
      return `Not provable by itself: ${proof.reason}`
  }
}
