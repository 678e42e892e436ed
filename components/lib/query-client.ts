import { QueryClient } from '@tanstack/react-query'

import { appError } from './app-error'

const RETRIES = 1

/** Data stays fresh until a subscription says otherwise: no polling, no refetch on focus. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnMount: (query) => query.state.isInvalidated || query.state.status === 'error',
        retry: (failures, error) => failures < RETRIES && appError(error).isRetryable,
      },
    },
  })
}
