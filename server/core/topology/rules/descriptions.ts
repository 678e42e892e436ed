// What a description may be: that of an object, or of a part of one.

import { invalid, type Violation } from '../violation'
import { checkLine } from './names'

/** Neutron's limit. */
export const MAX_DESCRIPTION_LENGTH = 255

export function checkDescription(description: string, field = 'description'): Violation[] {
  const { length } = Array.from(description)
  const tooLong = length > MAX_DESCRIPTION_LENGTH ? [invalid('description-length', field, { most: MAX_DESCRIPTION_LENGTH, length })] : []
  return [...checkLine(description, field, 'description'), ...tooLong]
}
