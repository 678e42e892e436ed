// The end of a verification: did it pass, and the one sentence that says why or why not. Order of blame: a host that
// could not be read, a ping that could not be sent, the hop where packets end, a ping that lost some, DHCP, and last a
// hop whose host differs although the traffic passes.

import { type ShortfallContext, explainShortfall } from './explain-shortfall'
import type { PingCount } from './hop-evidence'
import type { DhcpEvidence, Verification } from './verification'
import type { TrafficVerdict } from './verdict'

export interface ConclusionInput extends ShortfallContext {
  readonly traffic: TrafficVerdict
  readonly ping: PingCount | null
  readonly pingProblem: string | null
  /** Sentences, by host. */
  readonly hostProblems: readonly string[]
  readonly dhcp: readonly DhcpEvidence[]
}

export type Conclusion = Pick<Verification, 'status' | 'verdict' | 'firstBadHopId'>

export function conclude(input: ConclusionInput): Conclusion {
  const { path, traffic, ping, pingProblem, hostProblems, dhcp } = input
  const first = path.hops[0]?.id ?? null
  const { shortfall } = traffic
  const badLease = dhcp.find(({ status }) => status === 'no_lease' || status === 'address_differs')
  if (hostProblems.length > 0) return failed(hostProblems.join(' '), path.verdict?.hopId ?? null)
  if (!ping) return failed(withFinding(pingProblem ?? 'The ping did not run', input), path.verdict?.hopId ?? first)
  if (shortfall) return failed(explainShortfall(shortfall, input), shortfall.hop.id)
  if (ping.received < ping.transmitted || ping.transmitted === 0) {
    return failed(withFinding(`Only ${ping.received} of ${ping.transmitted} echo requests were answered`, input), path.verdict?.hopId ?? first)
  }
  if (badLease) return failed(badLease.message, null)
  const answered = `All ${ping.transmitted} echo requests were answered`
  const finding = path.verdict?.sentence
  return { status: 'passed', verdict: finding ? `${answered}, but: ${finding}` : `${answered} and every hop agrees`, firstBadHopId: null }
}

const failed = (verdict: string, firstBadHopId: string | null): Conclusion => ({ status: 'failed', verdict, firstBadHopId })

function withFinding(sentence: string, { path }: ConclusionInput): string {
  return path.verdict ? `${sentence}: ${path.verdict.sentence}` : sentence
}
