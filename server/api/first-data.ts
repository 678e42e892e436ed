// What a page shows first, read on the server by the procedures that its components ask in the browser, without HTTP: same context, same
// rights, same answers. A page waits for a moment only; what has failed or is late by then is left to the browser, which asks anew and
// tells what went wrong. So only what comes from the database or from memory belongs here, nothing that a host is asked for.

import { dehydrate, type DehydratedState, QueryClient } from '@tanstack/react-query'
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { NewsMark } from '@/server/core/news'
import type { RequestContext } from './request-context'
import { type AppRouter, appRouter } from './router'

/** All that a page waits for its first data, however much it asks. */
const PATIENCE_MS = 2000

export interface FirstData {
  readonly trpc: TRPCOptionsProxy<AppRouter>
  /** Undefined when there is no answer in time. */
  readonly prefetch: Prefetch
  /** The first page of a list that is read by pages. */
  readonly prefetchPages: PrefetchPages
  /** What has been answered until now. */
  readonly answered: () => Answered
}

export interface Answered {
  readonly state: DehydratedState
  /** From before anything was read. */
  readonly news: NewsMark
}

type Prefetch = <Data, Failure, Key extends readonly unknown[]>(
  options: Parameters<typeof QueryClient.prototype.fetchQuery<Data, Failure, Data, Key>>[0],
) => Promise<Data | undefined>

type PrefetchPages = <Data, Failure, Key extends readonly unknown[], Cursor>(
  options: Parameters<typeof QueryClient.prototype.fetchInfiniteQuery<Data, Failure, Data, Key, Cursor>>[0],
) => Promise<unknown>

export function openFirstData(ctx: RequestContext, patienceMs = PATIENCE_MS): FirstData {
  const news = ctx.events.mark()
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } })
  const over = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined).unref())
  const inTime = <Data>(answer: Promise<Data>) => Promise.race([answer.catch(() => undefined), over])
  return {
    trpc: createTRPCOptionsProxy({ router: appRouter, ctx, queryClient }),
    prefetch: (options) => inTime(queryClient.fetchQuery(options)),
    prefetchPages: (options) => inTime(queryClient.fetchInfiniteQuery(options)),
    // What is still on its way is none of it.
    answered: () => ({ state: dehydrate(queryClient), news }),
  }
}
