// Starts carrying out a plan; refused when it is blocked or stale. (Not named `apply`: tRPC reserves that word.)

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const startRun = procedure('plans:apply')
  .input(z.object({ planId: idInput }))
  .mutation(({ ctx, input }) => ctx.conductor.applyPlan(input.planId, ctx.actor.id))
