// Asking again without ever keeping an answer that is older than the news. An answer on its way when the news comes may
// have been read before the change; it is waited for, not thrown away, and then the question is put once more. Callers that
// wait at the same time share that second fetch.

import type { QueryClient, QueryFilters } from '@tanstack/react-query'

/** Resolves when everything in view that matches is at least as new as this call. */
export async function renewQueries(queryClient: QueryClient, filters: QueryFilters): Promise<void> {
  const underway = queryClient.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })
  await Promise.allSettled(underway.map((query) => query.promise))
  await queryClient.invalidateQueries(filters, { cancelRefetch: false })
}
