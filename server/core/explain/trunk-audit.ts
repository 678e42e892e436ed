// The audit of a trunk in sentences: one per port, one for all, and what was looked at.

import type { AuditHop, AuditHopKind, AuditOddity, AuditRow, TrunkAudit } from '../trunk/audit'
import type { HopValue } from '../trunk/trunk-params'
import { explainFinding } from './finding'
import { sayCoded } from './message'
import { guestVlanWords, hopValueMessages } from './trunk-findings'
import { plural, sentences } from './words'

export const auditHopWord: Record<AuditHopKind, string> = {
  guest: 'Guest interface',
  vif: 'NIC on the host',
  outer: 'VLAN taken off',
  inner: 'Network side',
  network: 'Network',
}

export const explainHopValue = (value: HopValue): string => sayCoded(hopValueMessages, value)

/** As the tooltip of a hop that is as it should be. */
export const explainAuditHop = ({ device, expected }: AuditHop, { guestVlan }: Pick<AuditRow, 'guestVlan'>): string =>
  `${device ?? `guest ${guestVlanWords(guestVlan)}`}: ${explainHopValue(expected)}`

/** What becomes of it. */
export const explainOddityCure = ({ isOurs, bridge, device }: Pick<AuditOddity, 'isOurs' | 'bridge' | 'device'>): string => {
  if (isOurs) return 'The next plan removes it.'
  return `Not ours, so it is left alone; by hand: ovs-vsctl ${bridge === device ? `del-br ${bridge}` : `del-port ${bridge} ${device}`}`
}

/** One sentence for a port: the first hop that disagrees, with where its frames go when that is told elsewhere. */
export function explainAuditRow({ hops, guestVlan, networkName, state }: AuditRow): string {
  const first = hops.find((hop) => hop.finding !== null)
  if (first?.finding) {
    const network = hops.find((hop) => hop.kind === 'network' && hop.host === 'differs')?.finding
    const isTold = first.kind === 'outer' || first.kind === 'inner'
    return sentences(explainFinding(first.finding), isTold && network ? explainFinding(network) : null)
  }
  const way = `${guestVlan === 0 ? 'Untagged' : `VLAN ${guestVlan}`} is ${networkName}`
  if (state === 'agrees') return `${way}: the design, the host and the packets say the same.`
  if (hops.every((hop) => hop.host === 'unchecked')) return `${way} in the design; the host was not read.`
  if (hops.every((hop) => hop.traffic === 'unchecked')) return `${way} on the host as in the design; no packets were seen.`
  return `${way} on the host as in the design; some packets were seen, not all the way.`
}

export function explainAudit({ rows, oddities }: Pick<TrunkAudit, 'rows' | 'oddities'>): string {
  const wrong = rows.filter((row) => row.state === 'differs')
  const odd = oddities.length === 0 ? '' : ` Beside them, ${plural(oddities.length, 'thing belongs', 'things belong')} to no port.`
  if (wrong.length === 1) return `${wrong[0]!.label}: ${explainAuditRow(wrong[0]!)}${odd}`
  if (wrong.length > 1)
    return `${wrong.length} of ${plural(rows.length, 'port')} disagree, the first of them ${wrong[0]!.label}: ${explainAuditRow(wrong[0]!)}${odd}`
  if (rows.every((row) => row.state === 'agrees'))
    return `All ${plural(rows.length, 'port')} agree: the design, the host and the packets say the same.${odd}`
  return `No port disagrees. ${plural(rows.filter((row) => row.state === 'agrees').length, 'port')} of ${rows.length} proven by packets.${odd}`
}

/** How much of the three truths an audit has looked at. */
export function explainListening({
  listenedS,
  guestProblem,
  captureProblem,
}: Pick<TrunkAudit, 'listenedS' | 'guestProblem' | 'captureProblem'>): string {
  if (listenedS === null) return 'The design against the last reading of the host. What the guest sends was not looked at yet.'
  const problems = [guestProblem, captureProblem].flatMap((problem) =>
    problem === null ? [] : ` ${/[.!?]$/.test(problem) ? problem : `${problem}.`}`,
  )
  return `The design, the host, and what the guest sent within ${listenedS} s.${problems.join('')}`
}
