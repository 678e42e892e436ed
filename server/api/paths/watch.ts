// The path again and again with fresh counters, for as long as somebody looks.

import { untilGone } from '../resume'
import { procedure } from '../trpc'
import { pathWatchInput } from './inputs'

export const watchPath = procedure('hosts:read')
  .input(pathWatchInput)
  .subscription(async function* ({ ctx, input, signal }) {
    yield* ctx.conductor.watchPath(input, untilGone(signal))
  })
