// Reads every host it concerns, compiles and compares. Changes nothing.

import { procedure } from '../trpc'

export const createPlan = procedure('hosts:read').mutation(({ ctx }) => ctx.conductor.createPlan(ctx.actor.id))
