// The events of a verification from its beginning, or from where a lost connection stopped.

import { tracked } from '@trpc/server'
import { parseLastEventId, resumeInput, untilGone } from '../resume'
import { procedure } from '../trpc'
import { verificationById } from './inputs'

export const watchVerification = procedure('see')
  .input(verificationById.extend(resumeInput))
  .subscription(async function* ({ ctx, input, signal }) {
    const events = ctx.conductor.watchVerification(input.verificationId, parseLastEventId(input), untilGone(signal))
    for await (const event of events) yield tracked(String(event.seq), event)
  })
