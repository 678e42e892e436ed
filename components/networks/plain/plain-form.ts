// What the plain form of a kind is made of: the inputs of its edits. Pure.

import { z } from 'zod'

import { checkInput, checkPatch, type Check } from '@/components/lib/check-form'
import type { PlainKind } from '@/components/lib/kind-places'
import { designEdits } from '@/server/core/topology/kinds/edits'
import type { KindEdits } from '@/server/core/topology/kinds/kind-edits'
import { withArticle } from '@/server/core/explain/words'
import { itemsOf, kindOf } from '@/server/core/topology/kinds/kinds'
import type { Topology } from '@/server/core/topology/topology'

import { plainFields, toPlainInput, toPlainPatch, type PlainField, type PlainValues } from './plain-fields'

/** Kinds whose form is a plain one: projects too, which are listed by hand. */
export type PlainFormKind = PlainKind | 'project'

export interface PlainForm {
  readonly fields: readonly PlainField[]
  readonly toInput: (values: PlainValues) => PlainValues
  readonly check: Check<PlainValues>
}

/** For a new object; null where none is made by hand. */
export function creationForm(kind: PlainFormKind): PlainForm | null {
  const { create }: KindEdits = designEdits[kind]
  if (!(create?.input instanceof z.ZodObject)) return null
  const fields = plainFields(create.input, kindOf(kind).words.one)
  const toInput = toPlainInput(fields)
  return { fields, toInput, check: checkInput(create.input, toInput, kindOf(kind).fieldRules) }
}

/** Of an object that is there; null where nothing but its description may change, which has a form of its own. */
export function changeForm(kind: PlainFormKind): PlainForm | null {
  const { update }: KindEdits = designEdits[kind]
  if (!(update?.patch instanceof z.ZodObject)) return null
  const { shape } = update.patch
  const fields = (creationForm(kind)?.fields ?? []).filter(({ name }) => name in shape)
  if (fields.every(({ name }) => name === 'description')) return null
  const toInput = toPlainPatch(fields)
  return { fields, toInput, check: checkPatch(update.patch, toInput, kindOf(kind).fieldRules) }
}

/** What has to be there before one can be made. */
export function missingForPlain(kind: PlainFormKind, topology: Topology): string | null {
  const wanted = (creationForm(kind)?.fields ?? []).flatMap(({ control, isRequired }) =>
    control.type === 'object' && isRequired ? [control.kind] : [],
  )
  const lacking = wanted.find((each) => itemsOf(topology, each).length === 0)
  return lacking === undefined ? null : `${lacking === 'host' ? 'Register' : 'Create'} ${withArticle(kindOf(lacking).words.one)} first.`
}
