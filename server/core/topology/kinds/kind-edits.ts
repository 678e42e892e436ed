// The edits of a kind, each with the input that it takes: the form that <kind>-edits.ts fills in, and that procedures are made of (api/design-verbs.ts).
// Apart from kind.ts, since an edit settles the whole topology, and that takes all kinds.

import type { z } from 'zod'
import { acceptedUnless, refused, type TopologyEdit } from '../edit'
import { findById } from '../find'
import { described } from '../description'
import type { IdSource } from '../id-source'
import { patchOf } from '../input-shapes'
import { checkSeen } from '../rules/seen-rules'
import type { Kind } from '../topology'
import { missing } from '../violation'
import { itemsOf } from './kinds'

/** What an edit is given from outside. */
export interface EditDeps {
  readonly ids: IdSource
  /** ISO 8601. */
  readonly now: string
}

type Edit = TopologyEdit<{ id: string }>

// Methods, so that an edit of one input is still an edit where the list of kinds knows no input: the schema beside it has parsed what it is given.
export interface Creation<Given = unknown, Parsed = unknown> {
  readonly input: z.ZodType<Parsed, Given>
  edit(input: Parsed, deps: EditDeps): Edit
}

export interface Change<Given = unknown, Parsed = unknown> {
  readonly patch: z.ZodType<Parsed, Given>
  edit(id: string, patch: Parsed, deps: EditDeps): Edit
}

export interface KindEdits {
  readonly create?: Creation
  readonly update?: Change
  readonly remove: (id: string, deps: EditDeps) => Edit
}

interface MayDescribe {
  readonly description?: string | undefined
}

export const creation = <Given, Parsed extends MayDescribe>(
  kind: Kind,
  input: z.ZodType<Parsed, Given>,
  edit: Creation<Given, Parsed>['edit'],
): Creation<Given, Parsed> => ({
  input,
  edit: (given, deps) => described(kind, edit(given, deps), given.description),
})

export const change = <Given, Parsed extends MayDescribe>(
  kind: Kind,
  patch: z.ZodType<Parsed, Given>,
  edit: Change<Given, Parsed>['edit'],
): Change<Given, Parsed> => ({
  patch,
  edit: (id, given, deps) => described(kind, edit(id, given, deps), given.description),
})

/** Of an object whose own fields are for life: what holds for all kinds may change all the same. */
export const onlyDescription = <K extends Kind>(kind: K) =>
  change(kind, patchOf({}), (id, patch) => (topology) => {
    const item = findById(itemsOf(topology, kind), id)
    return item ? acceptedUnless(checkSeen(topology, kind, item, patch), topology, { id }) : refused(missing(kind, 'id'))
  })
