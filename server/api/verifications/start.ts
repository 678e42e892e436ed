// Sends a ping along a path and watches every hop.

import { procedure } from '../trpc'
import { verificationInput } from './inputs'

export const startVerification = procedure('paths:verify')
  .input(verificationInput)
  .mutation(({ ctx, input }) => ctx.conductor.startVerification(input, ctx.actor.id))
