// A plan in sentences: what applying it does, to how many ports, why it cannot be applied, who loses packets.

import { isPlanBlocked, isPlanEmpty, type HostPlan, type ImpactKind, type Plan } from '../plan/plan'
import { joinSome, joinWords, plural, shortRun } from './words'

export interface PlanSummary {
  readonly hosts: number
  readonly steps: number
  /** One command is one trip to the host. */
  readonly roundTrips: number
  readonly impacts: Readonly<Record<ImpactKind, number>>
  readonly blocked: number
  readonly kept: number
}

export function summarisePlan(plan: Plan): PlanSummary {
  const impacts: Record<ImpactKind, number> = { new: 0, interrupted: 0, rebuilt: 0, removed: 0, filtered: 0 }
  for (const impact of plan.impacts) impacts[impact.kind] += 1
  const total = (count: (host: HostPlan) => number) => plan.hosts.reduce((sum, host) => sum + count(host), 0)
  const steps = total((host) => host.steps.length)
  return {
    hosts: plan.hosts.filter((host) => host.steps.length > 0).length,
    steps,
    roundTrips: steps,
    impacts,
    blocked: total((host) => host.blocked.length),
    kept: total((host) => host.kept.length),
  }
}

/** The apply button: "Apply: 2 hosts, 14 steps, 2 ports new, 0 interrupted". */
export function explainApply(plan: Plan): string {
  const { hosts, steps, impacts } = summarisePlan(plan)
  const parts = [
    plural(hosts, 'host'),
    plural(steps, 'step'),
    `${plural(impacts.new, 'port')} new`,
    `${impacts.interrupted} interrupted`,
    ...(impacts.rebuilt > 0 ? [`${impacts.rebuilt} rebuilt`] : []),
    ...(impacts.removed > 0 ? [`${impacts.removed} removed`] : []),
    ...(impacts.filtered > 0 ? [`${impacts.filtered} filtered anew`] : []),
  ]
  return `Apply: ${parts.join(', ')}`
}

/** Why the plan cannot be applied; null when it can. */
export function whyNotApply(plan: Plan): string | null {
  if (isPlanBlocked(plan)) {
    const hosts = plan.hosts.filter((host) => host.blocked.length > 0)
    const count = hosts.reduce((sum, host) => sum + host.blocked.length, 0)
    return `Blocked by ${plural(count, 'thing')} on ${joinSome(hosts.map((host) => host.hostName))}: see the top of the plan.`
  }
  if (isPlanEmpty(plan)) return 'Nothing to do: the hosts already have what the design says.'
  return null
}

/** Of a host without steps of its own, because another run is making of it what the plan wants. */
export const explainRested = (runId: string): string =>
  `Run ${shortRun(runId)} is making of it what this plan wants. It is left to that run, and a revision is recorded when that run has succeeded, too.`

export const impactWord: Record<ImpactKind, string> = {
  new: 'New ports',
  interrupted: 'Ports that lose packets while the plan runs',
  rebuilt: 'Ports that are rebuilt',
  removed: 'Ports and VMs that go away',
  filtered: 'Ports whose filter changes',
}

export const impactMeaning: Record<ImpactKind, string> = {
  new: 'Nobody uses them yet; nothing is interrupted.',
  interrupted: 'Their packets stop for a moment and come back by themselves.',
  rebuilt: 'Taken down and put back, neighbours too. A VM that is restarted or moved is switched off for it.',
  removed: 'Whatever still uses them loses its network.',
  filtered: 'What no rule lets pass any more ends at once, connections included; the rest does not notice.',
}

/** The order in which an operator wants to read them: worst first. */
export const impactOrder: readonly ImpactKind[] = ['removed', 'interrupted', 'rebuilt', 'filtered', 'new']

/** One sentence above the blast radius. */
export function explainBlastRadius(plan: Plan): string {
  const { impacts } = summarisePlan(plan)
  const strangers = plan.impacts.filter(({ reason }) => reason.code === 'of-no-design').length
  const losing = impacts.interrupted + impacts.rebuilt + impacts.removed - strangers
  if (plan.impacts.length === 0) return 'No port is touched.'
  const going = `${plural(strangers, 'VM or port', 'VMs and ports')} that no design here has ${strangers === 1 ? 'goes' : 'go'} away.`
  if (losing === 0 && strangers > 0) return going
  if (losing === 0) return `No port loses packets; ${unharmed(impacts)}.`
  const parts = [
    ...(impacts.removed > strangers ? [`${impacts.removed - strangers} removed`] : []),
    ...(impacts.interrupted > 0 ? [`${impacts.interrupted} interrupted`] : []),
    ...(impacts.rebuilt > 0 ? [`${impacts.rebuilt} rebuilt`] : []),
  ]
  return `${plural(losing, 'port')} ${losing === 1 ? 'loses' : 'lose'} packets: ${joinWords(parts)}.${strangers > 0 ? ` ${going}` : ''}`
}

function unharmed({ new: added, filtered }: PlanSummary['impacts']): string {
  const parts = [
    ...(added > 0 || filtered === 0 ? [`${plural(added, 'port')} ${added === 1 ? 'is' : 'are'} new`] : []),
    ...(filtered > 0 ? [`the filter of ${plural(filtered, 'port')} changes`] : []),
  ]
  return joinWords(parts)
}

/** "6 steps in 6 round trips, 5 to undo them". */
export const explainHostSteps = (host: HostPlan): string =>
  host.steps.length === 0
    ? 'nothing to do'
    : `${plural(host.steps.length, 'step')}, ${plural(host.steps.length, 'round trip')}; ${plural(host.undo.length, 'step')} would undo them`
