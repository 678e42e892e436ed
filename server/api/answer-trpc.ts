// tRPC over HTTP: queries, mutations, and subscriptions as server-sent events.

import { TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import type { AppContext } from './app-context'
import { toTrpcError } from './error-shape'
import { logApiError } from './log-error'
import { assertOwnPage } from './own-pages'
import { appRouter } from './router'

export function answerTrpc(request: Request, getContext: () => AppContext): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: () => {
      refuseForeignPages(request)
      return getContext()
    },
    onError: logApiError,
  })
}

/** tRPC takes whatever goes wrong here for an internal error, unless it is one of its own. */
function refuseForeignPages(request: Request): void {
  try {
    assertOwnPage(request)
  } catch (cause) {
    throw toTrpcError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }))
  }
}
