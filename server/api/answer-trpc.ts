// tRPC over HTTP: queries, mutations, and subscriptions as server-sent events. Who asks is looked at before what is asked is read.

import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { MAX_BATCH_SIZE } from '@/server/core/api-types'
import { readBounded } from './bounded-body'
import { toTrpcError } from './error-shape'
import { logApiErrors } from './log-error'
import { assertOwnPage } from './own-pages'
import type { RequestContext } from './request-context'
import { appRouter } from './router'

export async function answerTrpc(request: Request, makeContext: () => RequestContext): Promise<Response> {
  const ctx = makeContext()
  const { req, refusal } = await admit(request)
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: () => {
      if (refusal !== null) throw refusal
      return ctx
    },
    onError: logApiErrors(ctx.logger),
  })
}

/** A refusal is thrown where tRPC gives it the form of its own errors. */
async function admit(request: Request): Promise<{ readonly req: Request; readonly refusal: TRPCError | null }> {
  try {
    assertOwnPage(request)
    return { req: await readBounded(request), refusal: null }
  } catch (cause) {
    // tRPC takes whatever goes wrong there for an internal error, unless it is one of its own.
    return { req: request, refusal: toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause })) }
  }
}
