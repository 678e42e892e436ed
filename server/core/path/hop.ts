// Builds a hop from what a segment knows about it. Segments write in the order from the endpoint outwards and say only
// what is particular to the hop; ids, host, agreement and the finding follow from here.

import { flowKey, type Flow } from '../host/flow'
import type { Agreement, Encapsulation, Lane, PathHop, Proof } from './path'
import type { PathSide } from './path-side'

/** A sentence about what is wrong, or null when that much is right. */
export type Problem = string | null

export interface HopFacts {
  readonly lane: Lane
  readonly device: string
  readonly netns?: string
  readonly detail: string
  readonly encapsulation: Encapsulation
  readonly seenAs?: Encapsulation
  readonly translation?: Flow | null
  readonly proof: Proof
  /** Where the design itself does not let the frame pass. */
  readonly intentProblems?: readonly Problem[]
  /** Where the host differs from the design or from itself; the first one becomes the finding. */
  readonly hostProblems?: readonly Problem[]
  /** False where the host was read but says nothing about this hop (libvirt is not there, flows not understood). */
  readonly isObservable?: boolean
  readonly counters?: PathHop['counters']
}

/** A hop before its neighbours and its traffic are known. */
export type HopDraft = Omit<PathHop, 'linkToNext' | 'traffic'>

export const untagged: Encapsulation = { kind: 'untagged' }

export function makeHop(side: PathSide, facts: HopFacts): HopDraft {
  const netns = facts.netns ?? ''
  const intentProblem = firstProblem(facts.intentProblems)
  const hostProblem = side.view ? firstProblem(facts.hostProblems) : null
  return {
    id: `${side.host.name}/${facts.lane}/${facts.device}/${side.role}`,
    hostId: side.host.id,
    hostName: side.host.name,
    lane: facts.lane,
    netns,
    device: facts.device,
    detail: facts.detail,
    encapsulation: facts.encapsulation,
    ...(facts.seenAs && { seenAs: facts.seenAs }),
    translationFlowKey: facts.translation ? flowKey(facts.translation) : null,
    proof: facts.proof,
    intent: agreement(side.hasDesign, intentProblem),
    host: agreement(side.view !== null && facts.isObservable !== false, hostProblem),
    finding: intentProblem ?? hostProblem,
    counters: facts.counters ?? linkCounters(side, netns, facts.device),
  }
}

export const firstProblem = (problems: readonly Problem[] | undefined): Problem =>
  problems?.find((problem) => problem !== null) ?? null

function agreement(isKnown: boolean, problem: Problem): Agreement {
  if (problem !== null) return 'differs'
  return isKnown ? 'agrees' : 'unchecked'
}

export const captureProof = (device: string, netns = ''): Proof => ({ method: 'capture', netns, device })
export const noProof = (reason: string): Proof => ({ method: 'none', reason })

function linkCounters(side: PathSide, netns: string, device: string): PathHop['counters'] {
  const facts = side.view?.link(netns, device)?.observed
  return facts ? { rxPackets: facts.rxPackets, txPackets: facts.txPackets } : null
}
