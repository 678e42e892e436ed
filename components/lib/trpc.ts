// The typed client. Requests are batched and streamed; subscriptions come over SSE. Types only are taken from the server.

import { createTRPCClient, httpBatchStreamLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { createTRPCContext } from '@trpc/tanstack-react-query'

import type { AppRouter } from '@/server/api/router'
import { MAX_BATCH_SIZE } from '@/server/core/api-types'

const URL_PATH = '/api/trpc'

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>()

export function makeTrpcClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: URL_PATH }),
        false: httpBatchStreamLink({ url: URL_PATH, maxItems: MAX_BATCH_SIZE }),
      }),
    ],
  })
}
