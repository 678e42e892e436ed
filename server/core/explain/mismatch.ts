// In what a packet differs from what was expected, in words.

import type { Mismatch } from '../packet/mismatch'

/** `tag 121 instead of 120, TTL 63 instead of 64`; an encapsulation names itself. */
export const mismatchWords = (mismatches: readonly Mismatch[]): string =>
  mismatches.map(({ field, expected, seen }) => `${field === 'encapsulation' ? '' : `${field} `}${seen} instead of ${expected}`).join(', ')
