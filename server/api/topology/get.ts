// The whole design and how it differs from the last applied revision.

import { describeDesign } from '../describe'
import { procedure } from '../trpc'

export const getTopology = procedure('see').query(async ({ ctx }) => describeDesign(await ctx.store.loadDesign()))
