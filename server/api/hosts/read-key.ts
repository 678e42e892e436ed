// Asks an address for its SSH host key, to be compared by the operator. Nothing is stored.

import { sshTargetInput } from '@/server/core/topology/kinds/host/host-input'
import { procedure } from '../trpc'

export const readHostKey = procedure('hosts:manage')
  .input(sshTargetInput)
  .mutation(({ ctx, input }) => ctx.conductor.readHostKey(input))
