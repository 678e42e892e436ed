// Runs those commands in the guest, through its agent. Asked for by the operator, never done by itself.

import { procedure } from '../trpc'
import { guestInput } from './inputs'

export const configureGuest = procedure('plans:apply')
  .input(guestInput)
  .mutation(({ ctx, input }) =>
    ctx.conductor.configureGuest({ trunkId: input.id, portIds: input.portIds ?? null, dhcpClient: input.dhcpClient }),
  )
