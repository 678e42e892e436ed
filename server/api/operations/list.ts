// What is going on, and what went on last: readings, plans, runs, verifications, audits, by whoever asked for them.

import { describeOperations } from '../describe-operations'
import { procedure } from '../trpc'

export const listOperations = procedure('see').query(({ ctx }) => describeOperations(ctx))
