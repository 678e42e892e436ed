// Adds rules in one change.

import { addRules as edit } from '@/server/core/topology/kinds/security-group/security-group-edits'
import { addRulesInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { procedure } from '../trpc'

export const addRules = procedure('design:edit')
  .input(addRulesInput)
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.rules, ctx.ids)))
