// desired × observed → HostDiff, kind by kind. A diff is a value with algebra: diff(x, x) is empty, reverse(reverse(d)) is
// d, and a diff rendered and run leaves nothing to diff (rules DIFF-1 … DIFF-6 of core/SPEC.md).
// Only what carries our mark can end up in `removed`; what stands in the way of `added` is found by blocked.ts.

import type { HostState, HostStateKind } from '../host/host-state'
import type { FieldChange } from '../plan/plan'
import { KERNEL_DATAPATH } from '../host/link'
import { kindSpecs } from './kinds/kind-specs'
import { isLabelled } from './kinds/ip'
import { refill } from './refill'
import { ownScope, type OwnScope } from './own-scope'

export type ResourceOf<K extends HostStateKind> = HostState[K][number]

export interface Changed<R> {
  readonly from: R
  readonly to: R
  readonly fields: readonly FieldChange[]
}

export interface KindDiff<R> {
  readonly added: readonly R[]
  readonly changed: readonly Changed<R>[]
  readonly removed: readonly R[]
}

export type HostDiff = { readonly [K in HostStateKind]: KindDiff<ResourceOf<K>> }

/** How one kind of resource is told apart, owned, compared and named. */
export interface KindSpec<R> {
  /** Identity on the host. */
  readonly key: (resource: R) => string
  /** What people call it. */
  readonly label: (resource: R) => string
  /** May a diff remove it? Answered from the mark, or from what it lives in. */
  readonly isOurs: (resource: R, scope: OwnScope) => boolean
  /** Fields in which an observed resource falls short of a desired one; only fields that the desired one sets. */
  readonly compare: (desired: R, observed: R) => FieldChange[]
  /** A requirement is never created or removed by us, only adjusted: a NIC, a tap that libvirt makes, a sysctl. */
  readonly isRequirement?: (resource: R) => boolean
}

export function diffHost(desired: HostState, observed: HostState): HostDiff {
  const scope = ownScope(desired, observed)
  const kinds = Object.keys(kindSpecs) as HostStateKind[]
  const [wanted, found] = [withoutDatapath(withoutHeldAddresses(desired, observed)), withoutDatapath(observed)]
  const entries = kinds.map((kind) => [kind, diffKind(kind, wanted, found, scope)])
  return refill(Object.fromEntries(entries) as HostDiff, wanted)
}

/** A host that has its VTEP address already, on whatever device, keeps it there: that is its own business. */
function withoutHeldAddresses(desired: HostState, observed: HostState): HostState {
  const held = new Set(observed.addresses.filter((address) => address.netns === '' && !isLabelled(address)).map(({ cidr }) => cidr.split('/')[0]))
  return { ...desired, addresses: desired.addresses.filter((address) => !isLabelled(address) || !held.has(address.cidr.split('/')[0])) }
}

/**
 * What the kernel datapath holds came there by rows of the OVSDB, and comes back with them: `ip` cannot make it a master. On either
 * side, since a way back takes a reading for what is desired (own-part.ts), or for what is added again (reverseDiff).
 */
function withoutDatapath(state: HostState): HostState {
  return { ...state, links: state.links.map((link) => (link.master === KERNEL_DATAPATH ? { ...link, master: undefined } : link)) }
}

function diffKind<K extends HostStateKind>(
  kind: K,
  desired: HostState,
  observed: HostState,
  scope: OwnScope,
): KindDiff<ResourceOf<K>> {
  const spec = kindSpecs[kind] as KindSpec<ResourceOf<K>>
  const have = new Map(observed[kind].map((resource) => [spec.key(resource), resource]))
  const want = new Map(desired[kind].map((resource) => [spec.key(resource), resource]))
  const added: ResourceOf<K>[] = []
  const changed: Changed<ResourceOf<K>>[] = []
  for (const [key, to] of want) {
    const from = have.get(key)
    if (from === undefined) {
      if (!spec.isRequirement?.(to)) added.push(to)
      continue
    }
    const fields = spec.compare(to, from)
    if (fields.length > 0) changed.push({ from, to, fields })
  }
  const removed = observed[kind].filter(
    (resource) => !want.has(spec.key(resource)) && spec.isOurs(resource, scope) && !spec.isRequirement?.(resource),
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
