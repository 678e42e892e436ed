// desired × observed → HostDiff, kind by kind. A diff is a value with algebra: diff(x, x) is empty, reverse(reverse(d)) is
// d, and a diff rendered and run leaves nothing to diff (rules DIFF-1 … DIFF-6 of core/SPEC.md).
// Only what carries our mark can end up in `removed`; what stands in the way of `added` is found by blocked.ts.

import { type HostState, type HostStateKind, kindNames } from '../host/host-state'
import { KERNEL_DATAPATH } from '../host/link'
import { isLabelled } from '../kinds/addresses'
import { kindOf } from '../kinds/kinds'
import { withConnectedRoutes } from './connected-routes'
import { withCutOffNics } from './cut-off-nics'
import type { Changed, HostDiff, KindDiff, ResourceOf } from './kind-diff'
import { refill } from './refill'
import { ownScope, type OwnScope } from './own-scope'

/** Which differences count. */
export type Concern = (kind: HostStateKind, action: 'added' | 'changed' | 'removed', resource: ResourceOf<HostStateKind>) => boolean

export function diffHost(desired: HostState, observed: HostState, isConcern?: Concern): HostDiff {
  if (isConcern) return compareHosts(desired, observed, isConcern)
  const before = lastDiff.get(desired)
  if (before?.observed === observed) return before.diff
  const diff = compareHosts(desired, observed, () => true)
  lastDiff.set(desired, { observed, diff })
  return diff
}

/** After an edit most hosts are as they were, and want what they wanted (compile/compile.ts). */
const lastDiff = new WeakMap<HostState, { readonly observed: HostState; readonly diff: HostDiff }>()

function compareHosts(desired: HostState, observed: HostState, isConcern: Concern): HostDiff {
  const scope = ownScope(desired, observed)
  const [wanted, found] = [withoutDatapath(withoutHeldAddresses(desired, observed)), withoutDatapath(withCutOffNics(observed))]
  const complete = withConnectedRoutes(wanted, found)
  const entries = kindNames.map((kind) => [kind, within(kind, diffKind(kind, complete, found, scope), isConcern)])
  return refill(Object.fromEntries(entries) as HostDiff, wanted, found)
}

/** A host that has its VTEP address already, on whatever device, keeps it there: that is its own business. */
function withoutHeldAddresses(desired: HostState, observed: HostState): HostState {
  const held = new Set(
    observed.addresses.filter((address) => address.netns === '' && !isLabelled(address)).map(({ cidr }) => cidr.split('/')[0]),
  )
  return { ...desired, addresses: desired.addresses.filter((address) => !isLabelled(address) || !held.has(address.cidr.split('/')[0])) }
}

/**
 * What the kernel datapath holds came there by rows of the OVSDB, and comes back with them: `ip` cannot make it a master. On either
 * side, since a way back takes a reading for what is desired (own-part.ts), or for what is added again (reverseDiff).
 */
function withoutDatapath(state: HostState): HostState {
  return { ...state, links: state.links.map((link) => (link.master === KERNEL_DATAPATH ? { ...link, master: undefined } : link)) }
}

const within = <K extends HostStateKind>(
  kind: K,
  { added, changed, removed }: KindDiff<ResourceOf<K>>,
  isConcern: Concern,
): KindDiff<ResourceOf<K>> => ({
  added: added.filter((resource) => isConcern(kind, 'added', resource)),
  changed: changed.filter(({ to }) => isConcern(kind, 'changed', to)),
  removed: removed.filter((resource) => isConcern(kind, 'removed', resource)),
})

function diffKind<K extends HostStateKind>(kind: K, desired: HostState, observed: HostState, scope: OwnScope): KindDiff<ResourceOf<K>> {
  const spec = kindOf(kind)
  const keys = observed[kind].map((resource) => spec.key(resource))
  const have = new Map(observed[kind].map((resource, index) => [keys[index]!, resource]))
  const want = new Map(desired[kind].map((resource) => [spec.key(resource), resource]))
  const added: ResourceOf<K>[] = []
  const changed: Changed<ResourceOf<K>>[] = []
  for (const [key, to] of want) {
    const from = have.get(key)
    if (from === undefined) {
      if (!spec.isRequirement?.(to)) added.push(to)
      continue
    }
    // What a host keeps over a restart is what is wanted of it (restore/survives-restart.ts).
    const fields = from === to ? [] : spec.compare(to, from)
    if (fields.length > 0) changed.push({ from, to, fields })
  }
  const removed = observed[kind].filter(
    (resource, index) => !want.has(keys[index]!) && spec.isOurs(resource, scope) && !spec.isRequirement?.(resource),
  )
  return { added, changed, removed }
}

/** The diff that leads back. What was added is removed, what was changed gets its former fields. */
export function reverseDiff(diff: HostDiff): HostDiff {
  const entries = Object.entries(diff).map(([kind, part]) => [kind, reverseKind(part as KindDiff<unknown>)])
  return Object.fromEntries(entries) as unknown as HostDiff
}

function reverseKind<R>(part: KindDiff<R>): KindDiff<R> {
  return {
    added: part.removed,
    removed: part.added,
    changed: part.changed.map(({ from, to, fields }) => ({
      from: to,
      to: from,
      fields: fields.map((field) => ({ field: field.field, from: field.to, to: field.from })),
    })),
  }
}

export const isEmptyDiff = (diff: HostDiff): boolean =>
  Object.values(diff).every((part) => part.added.length + part.changed.length + part.removed.length === 0)
