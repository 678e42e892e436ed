// One floating IP with its address, and where it is translated.

import { AppError } from '@/server/core/app-error'
import { findById } from '@/server/core/topology/find'
import { byId } from '@/server/core/topology/input-shapes'
import type { FloatingIp } from '@/server/core/topology/kinds/floating-ip/floating-ip'
import type { Topology } from '@/server/core/topology/topology'
import { describeFloatingIp } from '../describe'
import { procedure } from '../trpc'

export const getFloatingIp = procedure('see')
  .input(byId)
  .query(async ({ ctx, input }) => {
    const topology = await ctx.store.loadTopology()
    return describeFloatingIp(topology, findFloatingIp(topology, input.id))
  })

export function findFloatingIp({ floatingIps }: Topology, id: string): FloatingIp {
  const floatingIp = findById(floatingIps, id)
  if (!floatingIp) throw new AppError('not_found', 'This floating IP does not exist, or no longer.', { field: 'id', rule: 'known-object' })
  return floatingIp
}
