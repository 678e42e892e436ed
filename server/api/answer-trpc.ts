// tRPC over HTTP: queries, mutations, and subscriptions as server-sent events. Who asks is looked at before what is asked is read.

import { type AnyProcedure, type AnyRouter, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { MAX_BATCH_SIZE } from '@/server/core/api-types'
import { oncePer } from '@/server/core/once-per'
import type { Right } from '@/server/core/rights/rights'
import type { Store } from '@/server/effects/db/store'
import { encodeWhole } from '@/server/effects/encode-whole'
import { readBounded } from './bounded-body'
import { toTrpcError } from './error-shape'
import { logApiErrors } from './log-error'
import { assertOwnPage } from './own-pages'
import type { RequestContext } from './request-context'
import { appRouter } from './router'
import { createShare } from './share-answers'

const ENDPOINT = '/api/trpc'

encodeWhole()

export async function answerTrpc(request: Request, makeContext: () => RequestContext): Promise<Response> {
  const ctx = makeContext()
  const { req, refusal } = await admit(request)
  if (refusal === null && isOnlySeeing(req)) return answerTogether(ctx, req)
  return answer(ctx, req, refusal)
}

const answer = (ctx: RequestContext, req: Request, refusal: TRPCError | null): Promise<Response> =>
  fetchRequestHandler({
    endpoint: ENDPOINT,
    req,
    router: appRouter,
    maxBatchSize: MAX_BATCH_SIZE,
    createContext: () => {
      if (refusal !== null) throw refusal
      return ctx
    },
    onError: logApiErrors(ctx.logger),
  })

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

interface Made {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

const shareOf = oncePer((_store: Store) => createShare<Made>())

/** Made once, down to its bytes, for all who ask the same at once (share-answers.ts). */
async function answerTogether(ctx: RequestContext, { url, headers }: Request): Promise<Response> {
  const { pathname, search } = new URL(url)
  const question = [ctx.actor.id, headers.get('trpc-accept'), pathname, search].join(' ')
  const made = await shareOf(ctx.store)(question, async () => {
    // Without the signal of whoever came first: he may leave, the others stay.
    const response = await answer(ctx, new Request(url, { headers }), null)
    return { status: response.status, headers: headersOf(response), body: new Uint8Array(await response.arrayBuffer()) }
  })
  return new Response(streamOf(made.body), { status: made.status, headers: made.headers })
}

/** The very same bytes for all: a Response that is given bytes copies them. */
const streamOf = (body: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      controller.enqueue(body)
      controller.close()
    },
  })

/** It comes in one piece now. */
function headersOf(response: Response): Headers {
  const headers = new Headers(response.headers)
  headers.delete('transfer-encoding')
  return headers
}

/** At run time this is one flat table, `hosts.list` and so on; the type says a nested one. */
const procedures: Readonly<Record<string, AnyProcedure>> = (appRouter as AnyRouter)._def.procedures

/** Whoever only sees has everything from the store and from memory: no host is asked, so nobody waits for a slow one. */
function isOnlySeeing({ method, url }: Request): boolean {
  if (method !== 'GET') return false
  const names = new URL(url).pathname.slice(ENDPOINT.length + 1).split(',')
  return names.every((name) => {
    const known = Object.hasOwn(procedures, name) ? procedures[name]?._def : undefined
    return known?.type === 'query' && (known.meta as { readonly right: Right } | undefined)?.right === 'see'
  })
}
