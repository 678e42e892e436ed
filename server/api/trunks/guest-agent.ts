// Whether the commands can be run in the guest now.

import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const guestAgent = procedure('hosts:read')
  .input(byId)
  .query(({ ctx, input }) => ctx.conductor.askGuestAgent(input.id))
