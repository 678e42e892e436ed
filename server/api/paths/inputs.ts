// Inputs of the paths router.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'

/** A path is worth drawing at this pace; faster would spend the host's time on our reading. */
const FASTEST_S = 1
const SLOWEST_S = 300

export const pathInput = z.object({ sourcePortId: idInput, destinationPortId: idInput })
export const pathWatchInput = pathInput.extend({ intervalS: z.number().min(FASTEST_S).max(SLOWEST_S).default(2) })
