// All applied revisions, the latest first.

import { procedure } from '../trpc'

export const listRevisions = procedure('see').query(({ ctx }) => ctx.store.revisions.list())
