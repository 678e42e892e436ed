// The design goes back to the last applied revision, exactly.

import { procedure } from '../trpc'

export const discardChanges = procedure('design:edit').mutation(({ ctx }) => ctx.store.discardChanges())
