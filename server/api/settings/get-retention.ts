// How long what was done is kept, and what is kept at the moment.

import { procedure } from '../trpc'

export const getRetention = procedure('see').query(({ ctx }) => ctx.store.retention.report())
