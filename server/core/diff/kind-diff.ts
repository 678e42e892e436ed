// The difference between two states of a host, kind by kind.

import type { HostState, HostStateKind } from '../host/host-state'
import type { FieldChange } from '../plan/change'

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
