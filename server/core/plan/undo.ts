// The way back of a run: from what a host has now to what it had of ours before, within what the run set out to change. What others made
// or took away meanwhile, another console or another registration of the machine, is theirs.

import { diffHost, type Concern } from '../diff/host-diff'
import { mergeHostStates, type HostState, kindNames } from '../host/host-state'
import { linkKey } from '../host/link'
import type { HostObservation } from '../host/observation'
import { deviceOf, type Sysctl } from '../host/sysctl'
import { mayHide } from '../host/unknown-parts'
import type { UnknownPart } from '../host/unknown-part'
import { kindOf } from '../kinds/kinds'
import { withoutWaiting } from '../kinds/ovs/transactions'
import { cookieOf, renderOwner, type Owner } from '../naming'
import { renderSteps } from '../render/render-steps'
import type { Host } from '../topology/kinds/host/host'
import { isSwitchGone } from './gone-switch'
import { keepForeign } from './kept'
import { adoptMade, listMade, madeKey, type Made } from './made'
import { ownPart } from './own-part'
import type { ResourceChange, Step } from './plan'
import { changeSubject, listChanges } from './plan-host'
import type { LeftoverFinding } from './plan-params'
import { hostSubject } from './subjects'
import { unreadParts } from './unread-parts'

export interface Undoing {
  readonly before: HostObservation
  /** Of the run's plan. */
  readonly changes: readonly ResourceChange[]
  readonly desired: HostState
  /** What earlier runs set out to make and no reading has settled since: it goes as well. */
  readonly earlier: readonly Made[]
}

export interface UndoPlan {
  readonly steps: readonly Step[]
  /** What is still to be taken back. */
  readonly leftovers: readonly LeftoverFinding[]
  /** What the reading does not know. Nothing is undone for certain while there is any. */
  readonly unknown: readonly UnknownPart[]
  /** What of the run may be there. */
  readonly hidden: readonly LeftoverFinding[]
}

export function planUndo(host: Host, undoing: Undoing, now: HostObservation): UndoPlan {
  const { before, desired, changes, earlier } = undoing
  const made = [...earlier, ...listMade(changes)].filter((each) => earlier.includes(each) || !wasThere(each, before.state))
  const wanted = ownPart(before.state)
  const state = adoptMade(now.state, made, wanted)
  const { diff } = keepForeign(diffHost(wanted, state, concernOf(changes, made)), state)
  const unknown = unreadParts(host, mergeHostStates([wanted, desired]), now)
  const leftovers = listChanges(diff).map((change): LeftoverFinding => ({
    severity: 'error',
    subject: changeSubject(change),
    code: change.action === 'create' ? 'not-put-back' : 'left',
    params: {},
  }))
  const steps = renderSteps(diff, `${host.name}/undo`)
  return {
    steps: isSwitchGone(now) ? steps.map((step) => ({ ...step, command: withoutWaiting(step.command) })) : steps,
    leftovers,
    unknown,
    hidden: hiddenIn(host, unknown, undoing),
  }
}

const wasThere = ({ kind, key }: Made, state: HostState): boolean => state[kind].some((resource) => kindOf(kind).key(resource) === key)

/** What the run set out to touch, by key; and of what it made, only what has the mark that it was to get. */
function concernOf(changes: readonly ResourceChange[], made: readonly Made[]): Concern {
  const touched = new Set(changes.map(madeKey))
  const owners = new Map(made.map((each) => [madeKey(each), each.owner]))
  return (kind, action, resource) => {
    const key = madeKey({ kind, key: kindOf(kind).key(resource) })
    if (action !== 'removed') return touched.has(key) || (kind === 'sysctls' && isOnTouched(resource as Sysctl, touched))
    // Of a chain that others use, only our jumps are ever removed.
    if (kind === 'iptables') return touched.has(key)
    if ('isMarkMissing' in resource && resource.isMarkMissing) return true
    return owners.has(key) && isSameOwner(resource, owners.get(key) ?? null)
  }
}

/** Settings go with their device, of which alone a plan speaks. */
function isOnTouched({ netns, key }: Sysctl, touched: ReadonlySet<string>): boolean {
  const name = deviceOf(key)
  return (
    touched.has(madeKey({ kind: 'namespaces', key: netns })) ||
    (name !== null && touched.has(madeKey({ kind: 'links', key: linkKey({ netns, name }) })))
  )
}

function isSameOwner(resource: object, owner: Owner | null): boolean {
  if (owner === null) return true
  if ('cookie' in resource) return resource.cookie === cookieOf(owner)
  return !('owner' in resource) || resource.owner === null || renderOwner(resource.owner as Owner) === renderOwner(owner)
}

/** What the run set out to make and an unknown part may hold; the part itself where that is nothing. */
function hiddenIn(host: Host, unknown: readonly UnknownPart[], { changes, desired }: Undoing): readonly LeftoverFinding[] {
  const made = new Set(listMade(changes).map(madeKey))
  const found = unknown.flatMap((part): LeftoverFinding[] => {
    const hidden = kindNames.flatMap((kind) => {
      const { key, label } = kindOf(kind)
      return desired[kind]
        .filter((resource) => made.has(madeKey({ kind, key: key(resource) })) && mayHide(part, kind, resource))
        .map((resource) => ({ kind, id: key(resource), name: label(resource) }))
    })
    if (hidden.length === 0) return [{ severity: 'error', subject: hostSubject(host), code: 'part-unknown', params: { part } }]
    return hidden.map((subject) => ({ severity: 'error', subject, code: 'may-be-left', params: {} }))
  })
  // Several parts may hide one resource.
  return [...new Map(found.map((each) => [each.code === 'part-unknown' ? each : `${each.subject.kind}/${each.subject.id}`, each])).values()]
}
