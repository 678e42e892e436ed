// What may be a name. Names are data: blanks, quotes, semicolons and dollar signs are fine, since no shell ever sees them
// unquoted. Refused is only what cannot be shown on one line.

import { othersThan } from '../find'
import type { LineText, RuleParams } from '../rule-params'
import { conflict, invalid, type Violation } from '../violation'

const MAX_NAME_LENGTH = 255

/** Control characters and line ends; half a surrogate pair; what XML cannot hold; the marks that turn the writing direction (UTR 36). */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufffe\uffff\u202a-\u202e\u2066-\u2069]/u

export interface NameRule {
  readonly field?: string
  readonly mayBeEmpty?: boolean
  readonly maxLength?: number
}

/** The name of an object that may have none. */
export const checkOptionalName = (name: string): Violation[] => checkName(name, { mayBeEmpty: true })

export function checkName(name: string, { field = 'name', mayBeEmpty = false, maxLength = MAX_NAME_LENGTH }: NameRule = {}): Violation[] {
  if (name.trim() === '') return mayBeEmpty && name === '' ? [] : [invalid('name-not-empty', field, {})]
  if (UNPRINTABLE.test(name)) {
    return [invalid('name-printable', field, {})]
  }
  const { length } = Array.from(name)
  if (length > maxLength) return [invalid('name-length', field, { most: maxLength, length })]
  return []
}

/** A line of text that may be empty, such as a kernel command line. */
export function checkLine(text: string, field: string, what: LineText): Violation[] {
  return UNPRINTABLE.test(text) ? [invalid('line-printable', field, { what })] : []
}

interface Named {
  readonly id: string
  readonly name: string
}

export function checkNameFree(kind: RuleParams['name-unique']['kind'], items: readonly Named[], item: Named): Violation[] {
  const taken = othersThan(items, item).find((other) => other.name === item.name)
  if (!taken) return []
  return [conflict('name-unique', 'name', { kind, name: item.name }, [taken.name])]
}
