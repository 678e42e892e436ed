// The trunks of one project, or of all, with their states.

import { z } from 'zod'
import { idInput } from '@/server/core/topology/input-shapes'
import { describeTrunks } from '../describe-trunks'
import { procedure } from '../trpc'

export const listTrunks = procedure('see')
  .input(z.object({ projectId: idInput.optional() }).optional())
  .query(({ ctx, input }) => describeTrunks(ctx, (trunk) => !input?.projectId || trunk.projectId === input.projectId))
