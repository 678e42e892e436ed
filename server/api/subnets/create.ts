// Adds a subnet; with DHCP on, the network gets its DHCP port too.

import { createSubnet as edit } from '@/server/core/topology/kinds/subnet/subnet-edits'
import { subnetInput } from '@/server/core/topology/kinds/subnet/subnet-input'
import { procedure } from '../trpc'

export const createSubnet = procedure('design:edit').input(subnetInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
