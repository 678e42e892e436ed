// tRPC's one instance: context, transformer, error shape and the procedure everyone starts from.

import { initTRPC } from '@trpc/server'
import superjson from 'superjson'
import type { AppContext } from './app-context'
import { describeError, toTrpcError } from './error-shape'

const SSE_PING_MS = 15_000

const t = initTRPC.context<AppContext>().create({
  transformer: superjson,
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
export const procedure = t.procedure.use(withAppErrors)
export const createCallerFactory = t.createCallerFactory
