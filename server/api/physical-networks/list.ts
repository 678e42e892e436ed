// All physical networks, as the design has them now.

import { procedure } from '../trpc'

export const listPhysicalNetworks = procedure('see').query(async ({ ctx }) => (await ctx.store.loadTopology()).physicalNetworks)
