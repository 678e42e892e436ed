// The end of a verification: did it pass, and why or why not. Order of blame: a host that
// could not be read, a ping that could not be sent, two machines with one address, the hop where packets end, a ping that lost some,
// DHCP, and last a hop whose host differs, or a stranger, although the traffic passes.

import type { Coded } from '../finding'
import { nameLoss, type ShortfallContext } from './name-loss'
import type { PingCount } from './hop-evidence'
import { isMute } from './travel'
import type { DhcpEvidence, Verification } from './verification'
import type { Shortfall, TrafficVerdict } from './verdict'
import type { HopName, NotMeasuredParams, Stranger, Verdict } from './verdict-params'

export interface ConclusionInput extends ShortfallContext {
  readonly traffic: TrafficVerdict
  readonly ping: PingCount | null
  readonly pingProblem: Verdict | null
  readonly hostProblems: readonly Coded<NotMeasuredParams>[]
  readonly dhcp: readonly DhcpEvidence[]
  /** Two machines with one address. */
  readonly conflicts: readonly { readonly hopId: string; readonly verdict: Verdict }[]
  /** The path comes from outside: it was measured the other way round (travel.ts, asMeasured). */
  readonly isAskedFromInside: boolean
  /** What others put in the way without harm so far. */
  readonly strangers: readonly Stranger[]
}

export type Conclusion = Pick<Verification, 'status' | 'verdict' | 'firstBadHopId'>

export function conclude(input: ConclusionInput): Conclusion {
  const { path, ping, pingProblem, hostProblems } = input
  const drawnHop = path.verdict?.hopId ?? null
  if (hostProblems.length > 0) return failed({ code: 'hosts-mute', params: { hosts: hostProblems } }, drawnHop)
  if (!ping) return failed(withFinding(pingProblem ?? { code: 'no-ping', params: {} }, input), drawnHop ?? firstHop(input))
  return whyFailed(input, ping) ?? passed(input, ping)
}

const firstHop = ({ path }: ConclusionInput): string | null => path.forth.hops[0]?.id ?? null

function whyFailed(input: ConclusionInput, { received, transmitted }: PingCount): Conclusion | null {
  const { path, conflicts, dhcp } = input
  const { shortfall } = input.traffic
  if (conflicts[0]) return failed(conflicts[0].verdict, shortfall?.hop.id ?? conflicts[0].hopId)
  if (shortfall) return whereLost(shortfall, input)
  if (received < transmitted || transmitted === 0)
    return failed(
      withFinding({ code: 'answered-in-part', params: { received, transmitted } }, input),
      path.verdict?.hopId ?? firstHop(input),
    )
  const badLease = dhcp.find(({ status }) => status !== 'agrees' && status !== 'unchecked')
  return badLease ? failed(badLease.finding, null) : null
}

/** Of who was asked and did not answer nothing more can be measured, outside above all: what was found on the path tells why. */
function whereLost(shortfall: Shortfall, input: ConclusionInput): Conclusion {
  const loss = nameLoss(shortfall, input)
  const isSilent = loss.code === 'no-answer' && loss.params.why.length === 0
  return isSilent ? failed(withFinding(loss, input), input.path.verdict?.hopId ?? shortfall.hop.id) : failed(loss, shortfall.hop.id)
}

function passed(input: ConclusionInput, { transmitted }: PingCount): Conclusion {
  const { path, strangers } = input
  const wayIn = input.isAskedFromInside ? { label: path.source.label, address: path.destination.label } : null
  const stranger = strangers[0] && ({ code: 'stranger', params: strangers[0] } as const)
  const finding = path.verdict?.finding ?? stranger
  const verdict: Verdict = finding
    ? { code: 'answered-but', params: { transmitted, finding, ...(wayIn && { wayIn }) } }
    : { code: 'answered', params: { transmitted, unmeasured: unmeasured(input), ...(wayIn && { wayIn }) } }
  return { status: 'passed', verdict, firstBadHopId: null }
}

/** A hop that nobody could measure, also not by its neighbours, does not agree. */
const unmeasured = ({ path, traffic }: ConclusionInput): HopName[] =>
  path.forth.hops
    .filter((hop) => !isMute(hop) && traffic.statuses.get(hop.id)?.status !== 'agrees')
    .map(({ place: { device }, hostName }) => ({ device, host: hostName }))

const failed = (verdict: Verdict, firstBadHopId: string | null): Conclusion => ({ status: 'failed', verdict, firstBadHopId })

const withFinding = (what: Verdict, { path: { verdict } }: ConclusionInput): Verdict =>
  verdict ? { code: 'with-finding', params: { what, finding: verdict.finding } } : what
