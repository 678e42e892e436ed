// The commands that a guest needs for its VLAN interfaces, ready to copy.

import { guestSetups } from '@/server/core/trunk/guest-commands'
import { describeTrunk } from '../describe-trunks'
import { procedure } from '../trpc'
import { guestInput } from './inputs'

export const guestCommands = procedure('see')
  .input(guestInput)
  .query(async ({ ctx, input }) => {
    const trunk = await describeTrunk(ctx, input.id)
    return guestSetups(await ctx.store.loadTopology(), trunk, input.dhcpClient, input.portIds ?? null)
  })
