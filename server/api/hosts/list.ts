// Every host with its access (no secrets) and whether we reach it.

import { describeHosts } from '../describe-hosts'
import { procedure } from '../trpc'

export const listHosts = procedure('see').query(({ ctx }) => describeHosts(ctx))
