// Changes name, gateway, DHCP, name servers or pools of a subnet; its CIDR stays.

import { updateSubnet as edit } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { subnetPatchInput } from '@/server/core/topology/kinds/subnet/subnet-input'
import { procedure } from '../trpc'

export const updateSubnet = procedure('design:edit')
  .input(byId.extend({ patch: subnetPatchInput }))
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.patch, ctx.ids)))
