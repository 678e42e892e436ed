// What a scenario prints: one JSON object with what was planned, how long it took, what was seen at every hop, and whether
// all of it is as it should be.

import { explainExpected, explainSeen } from '@/server/core/explain/evidence'
import { explainVerdict } from '@/server/core/explain/verdict'
import type { DhcpEvidence, HopEvidence, PingResult, Verification } from '@/server/core/path/verification'
import { groupBy } from '@/server/core/group-by'
import type { Plan } from '@/server/core/plan/plan'
import type { HostTiming } from '@/server/core/plan/run'
import { captureFilePath } from '@/server/effects/capture/capture-store'
import type { Applied } from './conduct'
import type { Ending, Ground } from './ground'
import type { LivePing } from './live-change'
import type { What } from './reach'

export interface ScenarioReport {
  readonly scenario: string
  readonly ok: boolean
  /** Sentences about what is not as it should be; empty when ok. */
  readonly problems: readonly string[]
  readonly plan: readonly PlanReport[]
  readonly timings: {
    readonly labMs: number
    readonly planMs: number
    readonly applyMs: number
    readonly verifyMs: number
    readonly deleteMs: number
    readonly hosts: readonly HostTiming[]
  }
  /** `pcap` is the path of the capture. */
  readonly hops: readonly HopEvidence[]
  readonly ping: PingResult | null
  readonly dhcp: readonly DhcpEvidence[]
  readonly verdict: string | null
  readonly reapplyEmpty: boolean
  /** Labels of what of ours is still on a host after deletion; null with --keep. */
  readonly leftovers: readonly string[] | null
  readonly foreignUntouched: boolean
  /** Data directory of the scenario's console; it stays until the next scenario on this lab, or until the lab goes. */
  readonly store: string
  /** Of a trunk: pings through live changes. */
  readonly livePings?: readonly LivePing[]
  /** Restarts of hosts, or of a part of one, without the console. */
  readonly restarts?: readonly RestartReport[]
  /** What guests reach at each other, and what they do not. */
  readonly reach?: readonly ReachReport[]
  /** What the plan warned of. */
  readonly warnings?: readonly string[]
  /** Of a gateway cluster: what was lost of a ping while something happened. */
  readonly measured?: readonly Measured[]
}

/** A ping, from outside or from a guest, through an event. */
export interface Measured {
  readonly event: string
  readonly way: string
  readonly intervalMs: number
  readonly transmitted: number
  readonly received: number
  /** Between two answers, at most. */
  readonly longestGapMs: number
}

export interface RestartReport {
  readonly host: string
  readonly event: string
  /** Until the host, its daemons and its restore unit were through. */
  readonly bootMs: number
  /** Until the guests reached each other again. */
  readonly recoveredMs: number
  /** As the unit left it: exit code, time, and a text. */
  readonly result: string
  readonly pings: readonly { readonly to: string; readonly received: number }[]
}

export interface ReachReport {
  readonly step: string
  readonly from: string
  readonly to: string
  /** `icmp6`: an echo request between link-local addresses. */
  readonly what: What | 'icmp6'
  /** Whether it must pass, and whether it has. */
  readonly wanted: boolean
  readonly passed: boolean
}

export interface PlanReport {
  readonly host: string
  readonly steps: readonly {
    readonly title: string
    readonly reason: string
    readonly command: readonly string[]
    readonly stdin: string | null
  }[]
  readonly roundTrips: number
}

const reportPlan = (plan: Plan, timings: readonly HostTiming[]): PlanReport[] =>
  plan.hosts.map((host) => ({
    host: host.hostName,
    steps: host.steps.map(({ title, reason, command }) => ({ title, reason, command: command.argv, stdin: command.stdin ?? null })),
    roundTrips: timings.find((timing) => timing.hostId === host.hostId)?.roundTrips ?? 0,
  }))

/** Where a frame was expected with exactly this tag. */
export const isExpectedWithTag = ({ expected: { code, params } }: HopEvidence, vlanId: number): boolean =>
  code === 'header' &&
  typeof params.encapsulation === 'object' &&
  params.encapsulation.kind === 'dot1q' &&
  params.encapsulation.vlanId === vlanId

/** Hops and leases of all verifications, the ping of the first, and the first verdict that is not "passed". */
const reportEvidence = (
  verifications: readonly Verification[],
  dataDirectory: string,
): Pick<ScenarioReport, 'hops' | 'ping' | 'dhcp' | 'verdict'> => ({
  hops: verifications.flatMap((each) => each.hops.map((hop) => ({ ...hop, pcap: hop.pcap && captureFilePath(dataDirectory, hop.pcap) }))),
  ping: verifications[0]?.ping ?? null,
  dhcp: verifications.flatMap((each) => each.dhcp),
  verdict: verdictOf(verifications.find((each) => each.status !== 'passed') ?? verifications[0]),
})

const verdictOf = (verification: Verification | undefined): string | null =>
  verification?.verdict ? explainVerdict(verification.verdict) : null

interface Outcome
  extends Ending, Pick<ScenarioReport, 'scenario' | 'reapplyEmpty' | 'livePings' | 'restarts' | 'reach' | 'warnings' | 'measured'> {
  /** What was planned and applied, without the deletion. */
  readonly applied: readonly Applied[]
  /** Those of them that are timed, when it is not all. */
  readonly timed?: readonly Applied[]
  /** The first one's ping is reported. */
  readonly verifications: readonly Verification[]
  /** What the scenario itself finds wrong. */
  readonly problems: readonly string[]
}

/** What every scenario says in the end. */
export function reportOf({ labMs, dataDirectory }: Ground, outcome: Outcome): ScenarioReport {
  const { applied, timed = applied, verifications, deleteMs, problems: found, ...rest } = outcome
  const problems = [
    ...found,
    ...(rest.reapplyEmpty ? [] : ['planning again is not empty']),
    ...(rest.leftovers ?? []).map((label) => `left over: ${label}`),
    ...(rest.foreignUntouched ? [] : ['something made by hand was changed']),
  ]
  return {
    ...rest,
    ok: problems.length === 0,
    problems,
    plan: applied.flatMap(({ plan, run }) => reportPlan(plan, run.timings)),
    timings: {
      labMs,
      planMs: sumOf(timed, ({ planMs }) => planMs),
      applyMs: sumOf(timed, ({ applyMs }) => applyMs),
      verifyMs: sumOf(verifications, ({ durationMs }) => durationMs ?? 0),
      deleteMs,
      hosts: timed.flatMap(({ run }) => run.timings),
    },
    ...reportEvidence(verifications, dataDirectory),
    store: dataDirectory,
  }
}

const sumOf = <T>(list: readonly T[], read: (each: T) => number): number => list.reduce((sum, each) => sum + read(each), 0)

const stepsOf = (reach: readonly ReachReport[]) => [...groupBy(reach, ({ step }) => step)]

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

export function printReport(report: ScenarioReport): string {
  const { timings } = report
  return [
    `${report.ok ? '✓' : '✗'} ${report.scenario}`,
    ...report.plan.map((host) => `  ${host.host}: ${host.steps.length} steps, ${host.roundTrips} round trips`),
    `  plan ${seconds(timings.planMs)}, apply ${seconds(timings.applyMs)}, verify ${seconds(timings.verifyMs)}, delete ${seconds(timings.deleteMs)}`,
    ...report.hops.map(
      (hop) =>
        `  ${hop.status.padEnd(9)} ${hop.host} ${hop.interface}: ${hop.packets} packets; ${explainSeen(hop) ?? 'nothing seen'} (expected ${explainExpected(hop)})`,
    ),
    `  ping ${report.ping ? `${report.ping.received}/${report.ping.transmitted}` : 'not run'}; DHCP ${report.dhcp.map((entry) => `${entry.label} ${entry.status}`).join(', ') || 'not checked'}`,
    ...(report.livePings ?? []).map(
      (ping) => `  ${ping.during} live: ${ping.received}/${ping.transmitted} at ${ping.intervalMs} ms over ${ping.over}`,
    ),
    ...(report.restarts ?? []).map(
      (restart) =>
        `  ${restart.event} on ${restart.host}: up after ${seconds(restart.bootMs)}, pings after ${seconds(restart.recoveredMs)}; unit: ${restart.result}`,
    ),
    ...(report.measured ?? []).map(
      (each) =>
        `  ${each.event}, ${each.way}: ${each.received}/${each.transmitted} at ${each.intervalMs} ms, ${Math.round(each.longestGapMs)} ms without an answer at most`,
    ),
    ...stepsOf(report.reach ?? []).map(
      ([step, tried]) =>
        `  ${step}: ${tried.filter(({ passed }) => passed).length} of ${tried.length} ways between guests pass, ${tried.filter(({ passed, wanted }) => passed !== wanted).length} against the rules`,
    ),
    `  second plan ${report.reapplyEmpty ? 'empty' : 'NOT EMPTY'}; left over: ${report.leftovers === null ? 'kept' : report.leftovers.length === 0 ? 'nothing' : report.leftovers.join(', ')}`,
    `  store and captures: ${report.store}${report.leftovers === null ? `; TAPLINE_DATA=${report.store} npm run dev shows it in a console` : ''}`,
    ...report.problems.map((problem) => `  ! ${problem}`),
  ].join('\n')
}
