// What stood in a column at an earlier schema, where it is not what stands there today. Before `madeThings`, findings were sentences.

import { explainExpected, explainNotes, explainSeen, explainStage } from '@/server/core/explain/evidence'
import { explainFinding } from '@/server/core/explain/finding'
import { explainImpact } from '@/server/core/explain/plan-findings'
import { explainRunVerdict } from '@/server/core/explain/run-verdict'
import { explainVerdict } from '@/server/core/explain/verdict'
import { explainLease } from '@/server/core/explain/verification'
import type { VerificationSummary } from '@/server/core/api-types'
import type { DhcpEvidence, DhcpStatus, HopEvidence, Verification, VerificationEvent } from '@/server/core/path/verification'
import type { Plan } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'
import type { Topology } from '@/server/core/topology/topology'
import type { Columns, Row } from './earlier-database'
import { fullObservation } from './full-store'

/** Columns that are gone, by table and name. */
export const goneColumns: Readonly<Record<string, (row: Row) => string>> = {
  'ObservationRecord.observationJson': ({ hostId }) => JSON.stringify({ ...fullObservation(String(hostId)), raw: { links: '[]' } }),
}

type Rewrite = (text: string) => string
const json =
  <Now>(change: (now: Now) => unknown): Rewrite =>
  (text) =>
    JSON.stringify(change(JSON.parse(text) as Now))

/** The JSON of that moment, by table and name. */
export function earlierJson(columns: Columns): Readonly<Record<string, Rewrite>> {
  const always = {
    'Revision.topologyJson': json<Topology>((now) => oldTopology(now, columns)),
    'VerificationRecord.verificationJson': json<Verification>(withOldWords),
    'JournalEntry.eventJson': json<RunEvent | VerificationEvent>((event) => ('runId' in event ? event : eventWithOldWords(event))),
  }
  if (columns.has('MadeRecord')) return always
  return {
    ...always,
    'PlanRecord.planJson': json<Plan>(oldPlan),
    'RunRecord.runJson': json<Run>(oldRun),
    'RunRecord.summaryJson': json<Run>(({ verdict, ...now }) => ({ ...now, verdict: verdict && explainRunVerdict(verdict) })),
    'VerificationRecord.verificationJson': json<Verification>(oldVerification),
    'VerificationRecord.summaryJson': json<VerificationSummary>((now) => ({ ...now, verdict: now.verdict && explainVerdict(now.verdict) })),
    'JournalEntry.eventJson': json<RunEvent | VerificationEvent>(oldEvent),
  }
}

/** Without the kinds that had no table yet, and the fields that had no column. */
function oldTopology(
  { trunks, nestedUplinks, securityGroups, gatewayClusters, routers, floatingIps, portForwardings, hostAggregates, ...now }: Topology,
  columns: Columns,
) {
  const without = (table: string, fields: Readonly<Record<string, string>>) => {
    const known = columns.get(table) ?? []
    const missing = Object.entries(fields).flatMap(([field, column]) => (known.includes(column) ? [] : [field]))
    return <Item extends object>(item: Item) => Object.fromEntries(Object.entries(item).filter(([field]) => !missing.includes(field)))
  }
  const hostFields = {
    virtType: 'virtType',
    hasKvm: 'hasKvm',
    isAgentAccepted: 'isAgentAccepted',
    adoptedHostIds: 'adoptedHostIdsJson',
    hasRestoreUnit: 'hasRestoreUnit',
    hasBridgeNetfilter: 'hasBridgeNetfilter',
    isSchedulable: 'isSchedulable',
  }
  return {
    ...now,
    hosts: now.hosts.map(without('Host', hostFields)),
    vms: now.vms.map(without('Vm', { virtType: 'virtType' })),
    ...(columns.has('Trunk') && { trunks }),
    ...(columns.has('NestedUplink') && { nestedUplinks }),
    ...(columns.has('SecurityGroup') && { securityGroups }),
    ...(columns.has('GatewayCluster') && { gatewayClusters }),
    ...(columns.has('Router') && {
      routers: routers.map(without('Router', { linkLocalPair: 'linkLocalPair', floatingIpMode: 'floatingIpMode' })),
    }),
    ...(columns.has('FloatingIp') && { floatingIps }),
    ...(columns.has('PortForwarding') && { portForwardings }),
    ...(columns.has('HostAggregate') && { hostAggregates }),
  }
}

const oldFinding = (finding: Parameters<typeof explainFinding>[0]) => ({
  hostId: 'h',
  label: finding.subject.name,
  message: explainFinding(finding),
})

const oldPlan = (plan: Plan) => ({
  ...plan,
  hosts: plan.hosts.map((host) => ({
    ...host,
    blocked: host.blocked.map(oldFinding),
    kept: host.kept.map(oldFinding),
    warnings: (host.warnings ?? []).map(oldFinding),
  })),
  impacts: plan.impacts.map((impact) => ({ ...impact, reason: explainImpact(impact.reason) })),
  warnings: (plan.warnings ?? []).map(oldFinding),
})

const oldRun = (run: Omit<Run, 'plan'>) => ({
  ...run,
  verdict: run.verdict && explainRunVerdict(run.verdict),
  leftovers: run.leftovers.map(({ finding, ...host }) => ({ ...host, label: explainFinding(finding) })),
})

// Verdicts had other words until the last of these schemas.
const hopWithOldWord = (hop: HopEvidence) => ({ ...hop, status: hop.status === 'agrees' ? 'ok' : hop.status })
const OLD_DHCP: Readonly<Record<DhcpStatus, string>> = {
  agrees: 'ok',
  'no-lease': 'no_lease',
  differs: 'address_differs',
  'server-down': 'server_down',
  unchecked: 'not_checked',
}
const dhcpWithOldWord = (dhcp: DhcpEvidence) => ({ ...dhcp, status: OLD_DHCP[dhcp.status] })

const withOldWords = (verification: Verification) => ({
  ...verification,
  hops: verification.hops.map(hopWithOldWord),
  dhcp: verification.dhcp.map(dhcpWithOldWord),
})

function eventWithOldWords(event: VerificationEvent) {
  if (event.type === 'hop') return { ...event, evidence: hopWithOldWord(event.evidence) }
  return event.type === 'finished' ? { ...event, verification: withOldWords(event.verification) } : event
}

function oldHop(hop: HopEvidence) {
  const { notes, ...words } = hopWithOldWord(hop)
  return { ...words, expected: explainExpected(hop), seen: explainSeen(hop), note: explainNotes({ notes }) }
}

const oldVerification = (verification: Verification) => ({
  ...verification,
  verdict: verification.verdict && explainVerdict(verification.verdict),
  hops: verification.hops.map(oldHop),
  dhcp: verification.dhcp.map(dhcpWithOldWord).map(({ finding, ...evidence }) => ({ ...evidence, message: explainLease(finding) })),
})

function oldEvent(event: RunEvent | VerificationEvent) {
  if ('runId' in event) return event.type === 'finished' ? { ...event, run: oldRun(event.run) } : event
  if (event.type === 'hop') return { ...event, evidence: oldHop(event.evidence) }
  if (event.type === 'finished') return { ...event, verification: oldVerification(event.verification) }
  const { stage, ...rest } = event
  return { ...rest, message: explainStage(stage) }
}
