// How one floating IP is led out, by hand and as Neutron does it: the commands of both, step by step.

import { compareWays } from '@/server/core/ways/compare-ways'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'
import { findFloatingIp } from './get'

export const compareFloatingIpWays = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => {
    const topology = await ctx.store.loadTopology()
    return compareWays(topology, findFloatingIp(topology, input.id))
  })
