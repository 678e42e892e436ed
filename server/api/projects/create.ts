// Adds a project. Two projects may hold networks of the same name.

import { createProject as edit } from '@/server/core/topology/kinds/project/project-edits'
import { projectInput } from '@/server/core/topology/kinds/project/project-input'
import { procedure } from '../trpc'

export const createProject = procedure('design:edit').input(projectInput).mutation(({ ctx, input }) => ctx.store.edit(edit(input, ctx.ids)))
