// The fields of a form, read off the schema that the API parses with: for kinds that need nothing made by hand. What a schema does not tell is the label:
// the title in its meta data, or else the words of the kind that an id is of, or the field's own name. Pure.

import { z } from 'zod'

import { capitalise } from '@/server/core/explain/words'
import { kindNames, kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind } from '@/server/core/topology/topology'

export type PlainValue = string | number | boolean | readonly string[] | null
export type PlainValues = Readonly<Record<string, PlainValue>>

type Control =
  | { readonly type: 'text' | 'number' | 'switch' }
  | { readonly type: 'choice'; readonly options: readonly string[] }
  /** An object of that kind, by its id. */
  | { readonly type: 'object'; readonly kind: Kind }
  /** Several of them. */
  | { readonly type: 'objects'; readonly kind: Kind }

export interface PlainField {
  /** Its name in the API, and among the values. */
  readonly name: string
  readonly label: string
  readonly isRequired: boolean
  readonly control: Control
  /** In an empty form. */
  readonly initial: PlainValue
}

/** Of an object schema, in its order. Throws for a required field that a plain form cannot ask for: such a kind has a form made by hand. */
export function plainFields(input: z.ZodType, word: string): readonly PlainField[] {
  if (!(input instanceof z.ZodObject)) throw new Error(`invariant: the input of a ${word} is no object`)
  return Object.entries(input.shape).flatMap(([name, schema]) => {
    const { inner, isRequired, fallback } = unwrap(schema)
    const control = controlOf(name, inner)
    if (control) return [{ name, label: labelOf(name, inner, control, word), isRequired, control, initial: fallback ?? emptyOf(control) }]
    if (isRequired) throw new Error(`invariant: a plain form cannot ask for ${name} of a ${word}`)
    return []
  })
}

interface Unwrapped {
  readonly inner: z.core.$ZodType
  readonly isRequired: boolean
  readonly fallback: PlainValue | undefined
}

/** Without "may be left out", "may be null" and "is this when left out". */
function unwrap(schema: z.core.$ZodType): Unwrapped {
  if (schema instanceof z.ZodDefault)
    return { ...unwrap(schema.unwrap()), isRequired: false, fallback: plainValue(schema.def.defaultValue) }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return { ...unwrap(schema.unwrap()), isRequired: false }
  return { inner: schema, isRequired: true, fallback: undefined }
}

function plainValue(value: unknown): PlainValue | undefined {
  if (Array.isArray(value)) return value.every((each) => typeof each === 'string') ? value : undefined
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

function controlOf(name: string, schema: z.core.$ZodType): Control | null {
  if (schema instanceof z.ZodGUID) {
    const kind = kindNames.find((each) => name === `${each}Id`)
    return kind ? { type: 'object', kind } : { type: 'text' }
  }
  if (schema instanceof z.ZodArray) {
    const kind = schema.element instanceof z.ZodGUID ? kindNames.find((each) => name === `${each}Ids`) : undefined
    return kind ? { type: 'objects', kind } : null
  }
  if (schema instanceof z.ZodString) return { type: 'text' }
  if (schema instanceof z.ZodNumber) return { type: 'number' }
  if (schema instanceof z.ZodBoolean) return { type: 'switch' }
  if (schema instanceof z.ZodEnum) return { type: 'choice', options: schema.options.map(String) }
  return null
}

function labelOf(name: string, schema: z.core.$ZodType, control: Control, word: string): string {
  const title = schema instanceof z.ZodType ? schema.meta()?.title : undefined
  if (title !== undefined) return title
  if (control.type === 'object') return capitalise(kindOf(control.kind).words.one)
  if (control.type === 'objects') return capitalise(kindOf(control.kind).words.many)
  if (name === 'name') return `${capitalise(word)} name`
  return capitalise(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
}

function emptyOf(control: Control): PlainValue {
  switch (control.type) {
    case 'number':
      return null
    case 'switch':
      return false
    case 'choice':
      return control.options[0] ?? ''
    case 'objects':
      return []
    case 'text':
    case 'object':
      return ''
  }
}

export const emptyValues = (fields: readonly PlainField[]): PlainValues =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial]))

/** What an object has in these fields; what it lacks is empty, not what a new one would begin with. */
export const valuesOf = (fields: readonly PlainField[], item: object): PlainValues => {
  const own = new Map<string, unknown>(Object.entries(item))
  return Object.fromEntries(fields.map(({ name, control }) => [name, plainValue(own.get(name)) ?? emptyOf(control)]))
}

/** Of a new object: an empty box that may be empty is left out. */
export const toPlainInput =
  (fields: readonly PlainField[]) =>
  (values: PlainValues): PlainValues =>
    Object.fromEntries(
      Object.entries(toPlainPatch(fields)(values)).filter(
        ([at, value]) => (value !== null && value !== '') || fields.some(({ name, isRequired }) => name === at && isRequired),
      ),
    )

/** Of an object that is there: a text may become empty, and what is chosen or counted may become none. */
export const toPlainPatch =
  (fields: readonly PlainField[]) =>
  (values: PlainValues): PlainValues =>
    Object.fromEntries(
      fields.map(({ name, isRequired, control }) => {
        const value = values[name] ?? null
        return [name, value === '' && control.type === 'object' && !isRequired ? null : value]
      }),
    )
