// The port forwardings of one floating IP, or of all.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { forwardingsOf } from '@/server/core/topology/port-forwardings'
import { procedure } from '../trpc'

export const listPortForwardings = procedure('see')
  .input(z.object({ floatingIpId: idInput.optional() }).optional())
  .query(async ({ ctx, input }) => {
    const { portForwardings } = await ctx.store.loadTopology()
    return input?.floatingIpId === undefined ? portForwardings : forwardingsOf(portForwardings, input.floatingIpId)
  })
