// Says that something changed; the page then asks again for what it shows.

import { tracked } from '@trpc/server'
import { z } from 'zod'
import { untilGone } from '../resume'
import { procedure } from '../trpc'
import { watchTopology as watch } from '../watch-topology'

export const watchTopology = procedure('see')
  .input(z.object({ lastEventId: z.string().nullish() }).optional())
  .subscription(async function* ({ ctx, signal }) {
    for await (const { id, tick } of watch(ctx, untilGone(signal))) yield tracked(id, tick)
  })
