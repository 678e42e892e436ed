// What a describer (places/) says of a place of a leg, and what follows from it: agreement, finding, counters.

import type { HostStateKind } from '../host/host-state'
import type { ReadingScope, UnknownPart } from '../host/unknown-part'
import type { HopDetail, HopFinding, NoProof } from './hop-params'
import type { HostView } from './host-view'
import type { Agreement, PathHop, Proof } from './path'
import type { Stop } from './stop'

/** What the reading of the host does not tell: nobody knows whether it is right. */
interface Unread {
  readonly unread: UnknownPart
}

/** What is wrong, or null when that much is right. */
export type Problem = HopFinding | Unread | null

/** Something is not in the reading: it is missing on the host, or the part of the reading where it would be is not known. */
export function absence(view: HostView | null | undefined, kind: HostStateKind, scope: ReadingScope, finding: HopFinding): Problem {
  const unread = view?.unknownPart(kind, scope) ?? null
  return unread === null ? finding : { unread }
}

export interface HopFacts {
  /** Where people call it by another name than the walk does. */
  readonly device?: string
  readonly detail: HopDetail
  /** Key of the flow that changes the header here. */
  readonly translation?: string | null
  readonly proof: Proof
  /** Where the design itself does not let the frame pass. */
  readonly intentProblems?: readonly Problem[]
  /** Where the host differs from the design or from itself; the first one becomes the finding. */
  readonly hostProblems?: readonly Problem[]
  /** False where the host was read but says nothing about this hop (libvirt is not there, flows not understood). */
  readonly isObservable?: boolean
  readonly counters?: PathHop['counters']
}

/** A hop without what only its neighbours and the last verification tell. */
export type HopJudgement = Omit<PathHop, 'id' | 'in' | 'out' | 'captured' | 'encapsulation' | 'linkToNext' | 'traffic'>

export function judgeHop({ place, role, side, alsoTo }: Stop, facts: HopFacts): HopJudgement {
  const intentProblem = firstProblem(facts.intentProblems)
  const hostProblem = side.view ? firstProblem(facts.hostProblems) : null
  const unread = side.view ? firstUnread(facts.hostProblems) : null
  const named = { ...place, device: facts.device ?? place.device }
  return {
    place: named,
    hostName: place.hostId === null ? null : side.host.name,
    role,
    detail: facts.detail,
    doubts: unread === null ? [] : [{ code: 'part-unknown', params: { part: unread } }],
    alsoTo,
    translationFlowKey: facts.translation ?? null,
    proof: facts.proof,
    intent: agreement(side.hasDesign, intentProblem),
    host: agreement(side.view !== null && facts.isObservable !== false && unread === null, hostProblem),
    finding: intentProblem ?? hostProblem,
    counters: facts.counters === undefined ? linkCounters(side.view, named) : facts.counters,
  }
}

const firstProblem = (problems: readonly Problem[] | undefined): HopFinding | null =>
  problems?.find((problem) => problem !== null && 'code' in problem) ?? null

const firstUnread = (problems: readonly Problem[] = []): UnknownPart | null =>
  problems.flatMap((problem) => (problem !== null && 'unread' in problem ? [problem.unread] : []))[0] ?? null

function agreement(isKnown: boolean, problem: HopFinding | null): Agreement {
  if (problem !== null) return 'differs'
  return isKnown ? 'agrees' : 'unchecked'
}

export const captureProof = (device: string, netns = ''): Proof => ({ method: 'capture', netns, device })
export const noProof = (reason: NoProof): Proof => ({ method: 'none', reason })

function linkCounters(view: HostView | null, { netns, device }: PathHop['place']): PathHop['counters'] {
  const facts = view?.link(netns, device)?.observed
  return facts ? { rxPackets: facts.rxPackets, txPackets: facts.txPackets } : null
}
