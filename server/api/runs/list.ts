// All runs, the latest first.

import { procedure } from '../trpc'

export const listRuns = procedure('see').query(({ ctx }) => ctx.store.runs.list())
