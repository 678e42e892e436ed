// Plans, runs and their events as earlier versions stored them: what was a sentence then is a finding with that sentence (`said`). What has
// the present form comes back as it is.

import type { RunSummary } from '../api-types'
import type { Finding, SaidParams, Severity, Subject } from '../finding'
import type { AnyFinding } from '../finding-params'
import { quoted, said } from '../quoted'
import type { Plan } from './plan'
import type { Run, RunEvent } from './run'
import type { Leftover, RunVerdict } from './run-verdict'

interface OldFinding {
  readonly hostId: string
  readonly label: string
  readonly message: string
}

export function readPlan(plan: Plan): Plan {
  return {
    ...plan,
    hosts: plan.hosts.map((host) => ({
      ...host,
      blocked: host.blocked.map((each) => readFinding(each, 'error')),
      kept: host.kept.map((each) => readFinding(each, 'note')),
      ...(host.warnings && { warnings: host.warnings.map((each) => readFinding(each, 'warning')) }),
    })),
    impacts: plan.impacts.map((impact) => ({ ...impact, reason: quoted(impact.reason) })),
    ...(plan.warnings && { warnings: plan.warnings.map((each) => readFinding(each, 'warning')) }),
  }
}

export const readRun = <Record extends Pick<Run, 'leftovers' | 'verdict'> & Partial<Pick<Run, 'actor' | 'waitsFor' | 'desiredDigests'>>>(
  run: Record,
): Record => ({
  ...run,
  // From before several runs could go at once.
  actor: run.actor ?? 'local',
  waitsFor: run.waitsFor ?? [],
  desiredDigests: run.desiredDigests ?? {},
  leftovers: run.leftovers.map(readLeftover),
  verdict: quoted<RunVerdict | null>(run.verdict),
})

export const readRunSummary = (summary: RunSummary): RunSummary => ({
  ...summary,
  actor: summary.actor ?? 'local',
  waitsFor: summary.waitsFor ?? [],
  verdict: quoted<RunVerdict | null>(summary.verdict),
})

export const readEvent = (event: RunEvent): RunEvent => (event.type === 'finished' ? { ...event, run: readRun(event.run) } : event)

const readFinding = <Present extends AnyFinding>(stored: Present | OldFinding, severity: Severity): Present | Finding<SaidParams> =>
  'message' in stored ? quote(severity, { kind: 'host', id: stored.hostId, name: stored.label }, stored.message) : stored

const readLeftover = (stored: Leftover | (Omit<Leftover, 'finding'> & { readonly label: string })): Leftover => {
  if (!('label' in stored)) return stored
  const { label, ...host } = stored
  return { ...host, finding: quote('error', { kind: 'host', id: host.hostId, name: host.hostName }, label) }
}

const quote = (severity: Severity, subject: Subject, sentence: string): Finding<SaidParams> => ({
  severity,
  subject,
  ...said(sentence),
})
