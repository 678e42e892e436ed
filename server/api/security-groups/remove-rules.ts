// Takes rules out of a group in one change. With the next plan, connections that only they allowed end.

import { removeRules as edit } from '@/server/core/topology/kinds/security-group/security-group-edits'
import { removeRulesInput } from '@/server/core/topology/kinds/security-group/security-group-input'
import { procedure } from '../trpc'

export const removeRules = procedure('design:edit')
  .input(removeRulesInput)
  .mutation(({ ctx, input }) => ctx.store.edit(edit(input.id, input.ruleIds)))
