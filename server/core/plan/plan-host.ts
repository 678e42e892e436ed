// desired × observation → the plan of one host. Reads like a table of contents: compare, keep what holds foreign things,
// look for what stands in the way, render. The undo that it shows is the same diff read backwards; after a failure it is made anew (undo.ts).

import { diffHost, isEmptyDiff, reverseDiff } from '../diff/host-diff'
import type { HostDiff } from '../diff/kind-diff'
import type { Subject } from '../finding'
import { emptyHostState, type HostState, type HostStateKind, kindNames } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { faultOf, ovsPortKey } from '../host/ovs'
import { kindOf } from '../kinds/kinds'
import { renderSteps } from '../render/render-steps'
import type { Host } from '../topology/kinds/host/host'
import { findBlocked } from './blocked'
import { hostWarnings } from './host-warnings'
import { keepForeign } from './kept'
import { adoptMade, type Made } from './made'
import { withoutMet } from './met-by-absence'
import { otherRegistrations } from './other-registrations'
import type { HostPlan, ResourceChange } from './plan'
import type { ChangeAction, FieldChange } from './change'
import type { Deviation } from './plan-params'
import { hostSubject, ovsPortSubject } from './subjects'
import { unreadParts } from './unread-parts'

/** `made`: what earlier runs set out to make here and no reading has settled since. */
export function planHost(host: Host, design: HostState, reading: HostObservation, made: readonly Made[] = []): HostPlan {
  const desired = withoutMet(design, reading.facts)
  const observation = { ...reading, state: adoptMade(reading.state, made, desired) }
  const { diff, kept } = keepForeign(diffHost(desired, observation.state), observation.state)
  const steps = renderSteps(diff, host.name)
  const others = isEmptyDiff(diff) ? [] : otherRegistrations(host, observation.state)
  return {
    hostId: host.id,
    hostName: host.name,
    observedAt: observation.observedAt,
    changes: listChanges(diff),
    steps,
    undo: renderSteps(reverseDiff(diff), `${host.name}/undo`),
    blocked: findBlocked(host, desired, diff, observation, steps, others),
    kept,
    warnings: hostWarnings(host, diff, observation, others),
  }
}

/**
 * What of ours is on the host although the design does not have it, or differs from it; empty when the host converged.
 * A port whose row is right may still be dead: `ovs-vsctl` succeeds with a device that vswitchd could not open.
 */
export function listDeviations(host: Host, design: HostState, observation: HostObservation): readonly Deviation[] {
  const { state, facts } = observation
  const desired = withoutMet(design, facts)
  const { diff } = keepForeign(diffHost(desired, state), state)
  const wanted = new Set(desired.ovsPorts.map(ovsPortKey))
  const dead = state.ovsPorts
    .filter((port) => wanted.has(ovsPortKey(port)))
    .flatMap((port): Deviation[] => {
      const fault = faultOf(port)
      return fault ? [{ severity: 'error', subject: ovsPortSubject(port), code: 'device-dead', params: fault }] : []
    })
  const unread = unreadParts(host, desired, observation).map((part): Deviation => ({
    severity: 'error',
    subject: hostSubject(host),
    code: 'part-unknown',
    params: { part },
  }))
  const changes = listChanges(diff).map((change): Deviation => ({
    severity: 'error',
    subject: changeSubject(change),
    code: 'to-be-changed',
    params: { action: change.action },
  }))
  return [...changes, ...dead, ...unread]
}

export const changeSubject = ({ kind, key, label }: Pick<ResourceChange, 'kind' | 'key' | 'label'>): Subject => ({
  kind,
  id: key,
  name: label,
})

/** Everything of ours on a host, by label. */
export const listOurs = (observation: HostObservation): readonly string[] =>
  listChanges(diffHost(emptyHostState, observation.state)).map((change) => change.label)

export function listChanges(diff: HostDiff): ResourceChange[] {
  return kindNames.flatMap((kind) => listKind(kind, diff))
}

function listKind<K extends HostStateKind>(kind: K, diff: HostDiff): ResourceChange[] {
  const spec = kindOf(kind)
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
