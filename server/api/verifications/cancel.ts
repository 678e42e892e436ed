// Ends a verification; captures are stopped on the hosts.

import { procedure } from '../trpc'
import { verificationById } from './inputs'

export const cancelVerification = procedure('paths:verify')
  .input(verificationById)
  .mutation(({ ctx, input }) => ctx.conductor.cancelVerification(input.verificationId))
