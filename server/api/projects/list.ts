// All projects, as the design has them now.

import { procedure } from '../trpc'

export const listProjects = procedure('see').query(async ({ ctx }) => (await ctx.store.loadTopology()).projects)
