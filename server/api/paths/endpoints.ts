// Every port a path can start or end at.

import { procedure } from '../trpc'

export const listEndpoints = procedure('see').query(({ ctx }) => ctx.conductor.pathEndpoints())
