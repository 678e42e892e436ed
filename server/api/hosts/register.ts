// Adds a host to the design and keeps how it is entered. Nothing is changed on it before it is prepared by a plan.

import { hostRegistrationInput } from '@/server/core/topology/kinds/host/host-input'
import { procedure } from '../trpc'

export const registerHost = procedure('hosts:manage')
  .input(hostRegistrationInput)
  .mutation(({ ctx, input }) => ctx.store.hosts.register(input))
