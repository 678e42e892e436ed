// Takes an empty project out of the design.

import { removeProject as edit } from '@/server/core/topology/kinds/project/project-edits'
import { byId } from '@/server/core/topology/input-shapes'
import { procedure } from '../trpc'

export const removeProject = procedure('design:edit').input(byId).mutation(({ ctx, input }) => ctx.store.edit(edit(input.id)))
