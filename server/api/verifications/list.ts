// All verifications, the latest first.

import { procedure } from '../trpc'

export const listVerifications = procedure('see').query(({ ctx }) => ctx.store.verifications.list())
