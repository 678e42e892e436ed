// What lint says about the design as it stands.

import { lintTopology } from '@/server/core/lint/lint-topology'
import { procedure } from '../trpc'

export const lint = procedure('see').query(async ({ ctx }) => lintTopology(await ctx.store.loadTopology()))
