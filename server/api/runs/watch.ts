// The events of a run from its beginning, or from where a lost connection stopped.

import { tracked } from '@trpc/server'
import { parseLastEventId, resumeInput, untilGone } from '../resume'
import { procedure } from '../trpc'
import { runById } from './inputs'

export const watchRun = procedure('see')
  .input(runById.extend(resumeInput))
  .subscription(async function* ({ ctx, input, signal }) {
    const events = ctx.conductor.watchRun(input.runId, parseLastEventId(input), untilGone(signal))
    for await (const event of events) yield tracked(String(event.seq), event)
  })
