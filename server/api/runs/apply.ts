// Starts carrying out a plan; refused when it is blocked or stale.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/inputs/common'
import { procedure } from '../trpc'

export const applyPlan = procedure
  .input(z.object({ planId: idInput }))
  .mutation(({ ctx, input }) => ctx.conductor.applyPlan(input.planId))
