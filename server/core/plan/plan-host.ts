// desired × observation → the plan of one host. Reads like a table of contents: compare, keep what holds foreign things,
// look for what stands in the way, render. The undo is the same diff read backwards.

import { diffHost, reverseDiff, type HostDiff } from '../diff/host-diff'
import { emptyHostState, type HostState, type HostStateKind } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { ovsPortKey, whyUnusable } from '../host/ovs'
import { kindSpecs } from '../diff/kinds/kind-specs'
import { renderSteps } from '../render/render-steps'
import type { Host } from '../topology/topology'
import { findBlocked } from './blocked'
import { hostWarnings } from './host-warnings'
import { keepForeign } from './kept'
import { adoptMade, ownPart } from './own-part'
import type { ChangeAction, FieldChange, HostPlan, ResourceChange, Step } from './plan'

export function planHost(host: Host, desired: HostState, observation: HostObservation): HostPlan {
  const { diff, kept } = keepForeign(diffHost(desired, observation.state), observation.state, host.id)
  const blocked = findBlocked(host, desired, diff, observation)
  return {
    hostId: host.id,
    hostName: host.name,
    observedAt: observation.observedAt,
    changes: listChanges(diff),
    steps: renderSteps(diff, host.name),
    undo: renderSteps(reverseDiff(diff), `${host.name}/undo`),
    blocked,
    kept,
    warnings: hostWarnings(host, diff, observation),
  }
}

/**
 * Steps that take a host from what it has now back to what it had of ours before. `made` is what the run set out to
 * create: a command may stop between making a thing and marking it, and what was not there before is ours all the same.
 */
export function planUndo(
  host: Host,
  before: HostObservation,
  now: HostObservation,
  made: readonly ResourceChange[],
): { readonly steps: Step[]; readonly leftovers: string[] } {
  const state = adoptMade(now.state, before.state, made)
  const { diff } = keepForeign(diffHost(ownPart(before.state), state), state, host.id)
  return { steps: renderSteps(diff, `${host.name}/undo`), leftovers: listChanges(diff).map((change) => change.label) }
}

/**
 * What of ours is on the host although the design does not have it, or differs from it, in words; empty when the host converged.
 * A port whose row is right may still be dead: `ovs-vsctl` succeeds with a device that vswitchd could not open.
 */
export function listDeviations(host: Host, desired: HostState, { state }: HostObservation): readonly string[] {
  const { diff } = keepForeign(diffHost(desired, state), state, host.id)
  const wanted = new Set(desired.ovsPorts.map(ovsPortKey))
  const dead = state.ovsPorts.filter((port) => wanted.has(ovsPortKey(port))).flatMap((port) => whyUnusable(port) ?? [])
  return [...listChanges(diff).map((change) => `${change.action} ${change.label}`), ...dead]
}

/** Everything of ours on a host, by label. */
export const listOurs = (observation: HostObservation): readonly string[] =>
  listChanges(diffHost(emptyHostState, observation.state)).map((change) => change.label)

export function listChanges(diff: HostDiff): ResourceChange[] {
  return (Object.keys(diff) as HostStateKind[]).flatMap((kind) => listKind(kind, diff))
}

function listKind<K extends HostStateKind>(kind: K, diff: HostDiff): ResourceChange[] {
  const spec = kindSpecs[kind]
  const part = diff[kind]
  const change = (action: ChangeAction, resource: HostState[K][number], fields: readonly FieldChange[]): ResourceChange => ({
    action,
    kind,
    key: spec.key(resource),
    label: spec.label(resource),
    owner: 'owner' in resource ? resource.owner : null,
    fields,
  })
  return [
    ...part.added.map((resource) => change('create', resource, [])),
    ...part.changed.map(({ to, fields }) => change('change', to, fields)),
    ...part.removed.map((resource) => change('remove', resource, [])),
  ]
}
