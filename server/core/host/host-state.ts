// One typed record of what a host has. Desired (compiled) and observed (read) states have this same type, so comparing
// them is a walk over two lists. Which lists there are is told by the kinds (core/kinds/kinds.ts).

import { joinLists } from '../join-lists'
import type { Kind } from '../kinds/kind'
import { kindNames, mapKinds, type kinds, type Resource } from '../kinds/kinds'
import type { LearnedState } from './learned'

type Kinds = typeof kinds

export type HostStateKind = keyof Kinds

export type HostState = { readonly [K in HostStateKind]: Kinds[K] extends Kind<infer R> ? readonly R[] : never } & {
  /** Observed only and never compared: no kind. */
  readonly learned?: LearnedState
}

export const emptyHostState: HostState = mapKinds(() => [])

/** Of what is compared; a state may hold what was learned beside it. */
export const isEmptyState = (state: HostState): boolean => kindNames.every((kind) => state[kind].length === 0)

/** Joins fragments, in order; the compiler's features each return one. */
export const mergeHostStates = (parts: readonly Partial<HostState>[]): HostState =>
  mapKinds((kind) => joinLists(parts.map((part): readonly Resource[] | undefined => part[kind])))
