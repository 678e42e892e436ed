// What an operator may set: whole numbers within the bounds. What is stored was within those of its day, and is read by its form alone, so
// that a limit which a later version added has its default.

import { z } from 'zod'
import { type Bounds, countBounds, dayBounds, defaultRetention, mibBounds, type RetainedKind, type Retention } from './retention'

const within = ({ min, max }: Bounds) => z.int().min(min).max(max)

const limitOf = (kind: RetainedKind) => z.object({ count: within(countBounds[kind]), days: within(dayBounds).nullable() })

export const retentionInput = z.object({
  runs: limitOf('runs'),
  plans: limitOf('plans'),
  journals: limitOf('journals'),
  verifications: limitOf('verifications'),
  captures: limitOf('captures'),
  captureMib: within(mibBounds),
})

const whole = z.int().min(0)
const storedLimit = (kind: RetainedKind) => z.object({ count: whole, days: whole.nullable() }).catch(defaultRetention[kind])

const storedRetention = z
  .object({
    runs: storedLimit('runs'),
    plans: storedLimit('plans'),
    journals: storedLimit('journals'),
    verifications: storedLimit('verifications'),
    captures: storedLimit('captures'),
    captureMib: whole.catch(defaultRetention.captureMib),
  })
  .catch(defaultRetention)

/** Kind by kind: one that cannot be read is as if nobody had set it. */
export const readRetention = (stored: unknown): Retention => storedRetention.parse(stored)
