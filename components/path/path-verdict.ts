// The verdict of a path at a given moment: the first disagreement from the left, in the words of explain. Only what still
// holds counts: a host that is not read any more agrees with nothing, and the next revision overtakes what packets proved.

import type { Status } from '@/components/ui/status'
import {
  explainAgreeingPath,
  explainBrokenHop,
  explainLapse,
  firstBrokenHop,
  isBroken,
  isMisbuilt,
  isProvenPath,
} from '@/server/core/explain/path'
import { explainVerdict } from '@/server/core/explain/verdict'
import { explainFirstBad, explainHopEvidence } from '@/server/core/explain/verification'
import { stopped } from '@/server/core/explain/words'
import { overtakenBy, withoutStaleHosts, withoutTraffic } from '@/server/core/path/currency'
import type { LegName, Path, PathHop, PathHost } from '@/server/core/path/path'
import type { Verification } from '@/server/core/path/verification'

import { mergeEvidence } from './merge-evidence'

export interface PathVerdict {
  readonly status: Status
  readonly word: string
  /** When that was seen; null when it is as of now. */
  readonly at: string | null
  /** The hop it is about, and on which leg; null when all agree. */
  readonly hopId: string | null
  readonly leg: LegName
  readonly sentence: string
}

export interface JudgedPath extends Readonly<Record<LegName, readonly PathHop[]>> {
  readonly verdict: PathVerdict
}

/** `shown` is the verification on the drawing; without one, the marks are of the last. `stale` are the hosts that are not fresh. */
export function judgePath(path: Path, shown: Verification | null, stale: readonly PathHost[]): JudgedPath {
  const seenAt = (shown ?? path.evidence)?.startedAt ?? null
  const overtaken = seenAt === null ? null : overtakenBy({ startedAt: seenAt }, path.revision)
  const found = eachLeg((leg) => (shown === null ? path[leg].hops : mergeEvidence(path[leg].hops, shown.hops)))
  const fresh = eachLeg((leg) => withoutStaleHosts(found[leg], stale))
  const current = overtaken === null ? fresh : eachLeg((leg) => withoutTraffic(fresh[leg]))
  // Evidence that somebody opened is drawn as it is, however old; its age stands above it.
  return { ...(shown === null ? current : fresh), verdict: verdictOf() }

  function verdictOf(): PathVerdict {
    const broken = firstBroken(current)
    if (broken !== null)
      return { status: 'bad', ...sinceWhen(broken.hop), hopId: broken.hop.id, leg: broken.leg, sentence: sentenceOf(broken) }
    const nowhere = { hopId: null, leg: 'forth' } as const
    if (isProven(current)) return { status: 'ok', word: 'Proven', at: seenAt, ...nowhere, sentence: explainAgreeingPath(current.forth) }
    const lapse = explainLapse(stale, overtaken)
    const wasBroken = firstBroken(found)
    if (wasBroken !== null) {
      const sentence = `${stopped(sentenceOf(wasBroken))} ${lapse}`
      return { status: 'warn', word: 'Was broken', at: seenAt, hopId: wasBroken.hop.id, leg: wasBroken.leg, sentence }
    }
    if (isProven(found)) return { status: 'warn', word: 'Was proven', at: seenAt, ...nowhere, sentence: lapse }
    return { status: 'unknown', word: 'Not proven', at: null, ...nowhere, sentence: explainAgreeingPath(current.forth, overtaken) }
  }

  function sentenceOf({ hop, leg }: BrokenHop): string {
    const sentence = brokenSentence(hop, path, shown)
    return leg === 'back' ? `On the way back: ${sentence}` : sentence
  }

  function sinceWhen(broken: PathHop): Pick<PathVerdict, 'word' | 'at'> {
    const [doing, at] = isMisbuilt(broken)
      ? ['read', stale.find(({ id }) => id === broken.place.hostId)?.observedAt ?? null]
      : ['seen', seenAt]
    return { word: at === null ? 'Broken' : `Broken, ${doing}`, at }
  }
}

type Legs = Readonly<Record<LegName, readonly PathHop[]>>

interface BrokenHop {
  readonly hop: PathHop
  readonly leg: LegName
}

const eachLeg = (hopsOf: (leg: LegName) => readonly PathHop[]): Legs => ({ forth: hopsOf('forth'), back: hopsOf('back') })
const isProven = ({ forth, back }: Legs): boolean => isProvenPath(forth) && isProvenPath(back)

/** On the way forth before the way back. */
function firstBroken(legs: Legs): BrokenHop | null {
  for (const leg of ['forth', 'back'] as const) {
    const hop = firstBrokenHop(legs[leg])
    if (hop) return { hop, leg }
  }
  return null
}

/** Whoever knows the reason says it; else what was measured at the hop. */
function brokenSentence(broken: PathHop, path: Path, shown: Verification | null): string {
  if (shown?.firstBadHopId === broken.id && shown.verdict !== null) return explainVerdict(shown.verdict)
  if (shown?.firstBadHopId == null && path.verdict?.hopId === broken.id) return explainVerdict(path.verdict.finding)
  const isOnlyTraffic = !isBroken({ ...broken, traffic: 'unchecked' })
  const own = shown?.hops.find((each) => each.hopId === broken.id)
  if (!isOnlyTraffic || own === undefined) return explainBrokenHop(broken)
  return (own.status === 'missing' ? explainFirstBad(shown?.hops ?? []) : null) ?? explainHopEvidence(own)
}
