// The path between two ports over the last observations, or why there is none.

import { procedure } from '../trpc'
import { pathInput } from './inputs'

export const getPath = procedure('see')
  .input(pathInput)
  .query(({ ctx, input }) => ctx.conductor.computePath(input, { fresh: false }))
