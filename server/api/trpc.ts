// tRPC's one instance: context, error shape, and the procedures everyone starts from. There is none without a right.

import { initTRPC } from '@trpc/server'
import type { Right } from '@/server/core/rights/rights'
import { describeError, toTrpcError } from './error-shape'
import type { RequestContext } from './request-context'
import { requireRight } from './require-right'

const SSE_PING_MS = 15_000

const t = initTRPC
  .context<RequestContext>()
  .meta<{ readonly right: Right }>()
  .create({
    errorFormatter: ({ shape, error }) => {
      const app = describeError(error)
      return { ...shape, message: app.message, data: { ...shape.data, stack: undefined, app } }
    },
    sse: {
      ping: { enabled: true, intervalMs: SSE_PING_MS },
      // Three missed pings: the browser opens a new connection and resumes from its last event id.
      client: { reconnectAfterInactivityMs: 3 * SSE_PING_MS },
    },
  })

/** Gives an AppError its HTTP status; the formatter above tells the rest. */
const withAppErrors = t.middleware(async ({ next }) => {
  const result = await next()
  if (result.ok) return result
  throw toTrpcError(result.error)
})

export const router = t.router

/** A procedure for those who have this right. It is looked at before the input is. */
export const procedure = (right: Right) =>
  t.procedure
    .meta({ right })
    .use(withAppErrors)
    .use(({ ctx, next }) => {
      requireRight(ctx.actor, right)
      return next()
    })

export const createCallerFactory = t.createCallerFactory
