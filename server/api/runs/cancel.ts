// Ends a run and the command in hand; what was done is undone.

import { procedure } from '../trpc'
import { runById } from './inputs'

export const cancelRun = procedure('plans:apply')
  .input(runById)
  .mutation(({ ctx, input }) => ctx.conductor.cancelRun(input.runId))
