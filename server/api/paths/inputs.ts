// Inputs of the paths router.

import { z } from 'zod'
import { isAddress } from '@/server/core/path/end'
import { idInput, problem } from '@/server/core/topology/input-shapes'

/** A path is worth drawing at this pace; faster would spend the host's time on our reading. */
const FASTEST_S = 1
const SLOWEST_S = 300

/** A port's or a floating IP's id, or the address of somebody outside; whether he can have it is no question of form. */
const endInput = z.union([idInput, z.string().trim().refine(isAddress)], {
  error: ({ input }) => problem(input === '' || input == null ? 'id-missing' : 'end-form'),
})

export const pathInput = z.object({ from: endInput, to: endInput })
export const pathWatchInput = pathInput.extend({ intervalS: z.number().min(FASTEST_S).max(SLOWEST_S).default(2) })
