// tRPC over HTTP: queries, mutations, and subscriptions as server-sent events.

import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { getContext } from '@/server/api/context'
import { logApiError } from '@/server/api/log-error'
import { appRouter } from '@/server/api/router'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

function handle(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: request,
    router: appRouter,
    createContext: getContext,
    onError: logApiError,
  })
}

export { handle as GET, handle as POST }
