// The verdict of a path at a given moment: the first disagreement from the left, in the words of explain. Only what still
// holds counts: a host that is not read any more agrees with nothing, and the next revision overtakes what packets proved.

import type { Status } from '@/components/ui/status'
import { explainAgreeingPath, explainBrokenHop, explainLapse, firstBrokenHop, isBroken, isMisbuilt, isProvenPath } from '@/server/core/explain/path'
import { explainFirstBad, explainHopEvidence } from '@/server/core/explain/verification'
import { overtakenBy, withoutStaleHosts, withoutTraffic } from '@/server/core/path/currency'
import type { Path, PathHop, PathHost } from '@/server/core/path/path'
import type { Verification } from '@/server/core/path/verification'

import { mergeEvidence } from './merge-evidence'

export interface PathVerdict {
  readonly status: Status
  readonly word: string
  /** When that was seen; null when it is as of now. */
  readonly at: string | null
  /** The hop it is about; null when all agree. */
  readonly hopId: string | null
  readonly sentence: string
}

export interface JudgedPath {
  /** With the marks to draw. */
  readonly hops: readonly PathHop[]
  readonly verdict: PathVerdict
}

/** `shown` is the verification on the drawing; without one, the marks are of the last. `stale` are the hosts that are not fresh. */
export function judgePath(path: Path, shown: Verification | null, stale: readonly PathHost[]): JudgedPath {
  const seenAt = (shown ?? path.evidence)?.startedAt ?? null
  const overtaken = seenAt === null ? null : overtakenBy({ startedAt: seenAt }, path.revision)
  const found = shown === null ? path.hops : mergeEvidence(path.hops, shown.hops)
  const fresh = withoutStaleHosts(found, stale)
  const current = overtaken === null ? fresh : withoutTraffic(fresh)
  // Evidence that somebody opened is drawn as it is, however old; its age stands above it.
  return { hops: shown === null ? current : fresh, verdict: verdictOf() }

  function verdictOf(): PathVerdict {
    const broken = firstBrokenHop(current)
    if (broken !== null) return { status: 'bad', ...sinceWhen(broken), hopId: broken.id, sentence: brokenSentence(broken, path, shown) }
    if (isProvenPath(current)) return { status: 'ok', word: 'Proven', at: seenAt, hopId: null, sentence: explainAgreeingPath(current) }
    const lapse = explainLapse(stale, overtaken)
    const wasBroken = firstBrokenHop(found)
    if (wasBroken !== null) return { status: 'warn', word: 'Was broken', at: seenAt, hopId: wasBroken.id, sentence: `${brokenSentence(wasBroken, path, shown).replace(/\.?$/, '.')} ${lapse}` }
    if (isProvenPath(found)) return { status: 'warn', word: 'Was proven', at: seenAt, hopId: null, sentence: lapse }
    return { status: 'unknown', word: 'Not proven', at: null, hopId: null, sentence: explainAgreeingPath(current, overtaken) }
  }

  function sinceWhen(broken: PathHop): Pick<PathVerdict, 'word' | 'at'> {
    const [doing, at] = isMisbuilt(broken) ? ['read', stale.find(({ id }) => id === broken.hostId)?.observedAt ?? null] : ['seen', seenAt]
    return { word: at === null ? 'Broken' : `Broken, ${doing}`, at }
  }
}

/** Whoever knows the reason says it; else what was measured at the hop. */
function brokenSentence(broken: PathHop, path: Path, shown: Verification | null): string {
  if (shown?.firstBadHopId === broken.id && shown.verdict !== null) return shown.verdict
  if (shown?.firstBadHopId == null && path.verdict?.hopId === broken.id) return path.verdict.sentence
  const isOnlyTraffic = !isBroken({ ...broken, traffic: 'unchecked' })
  const own = shown?.hops.find((each) => each.hopId === broken.id)
  if (!isOnlyTraffic || own === undefined) return explainBrokenHop(broken)
  return (own.status === 'missing' ? explainFirstBad(shown?.hops ?? []) : null) ?? explainHopEvidence(own)
}
