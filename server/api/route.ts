// What is answered without tRPC: a right, and what to do for whoever has it. A file in app/api gives one to Next by `serve`, which looks
// at who asks before anything is done.

import { isAppError } from '@/server/core/app-error'
import type { Right } from '@/server/core/rights/rights'
import { answerFailure } from './answer-failure'
import { getContext } from './context'
import { assertOwnPage } from './own-pages'
import { makeRequestContext, type RequestContext } from './request-context'
import { requireRight } from './require-right'

export interface Route<Params> {
  readonly right: Right
  readonly answer: (ctx: RequestContext, params: Params) => Promise<Response>
}

export async function answerRoute<Params>(
  { right, answer }: Route<Params>,
  request: Request,
  params: Params,
  makeContext: () => RequestContext,
): Promise<Response> {
  const ctx = makeContext()
  try {
    assertOwnPage(request)
    requireRight(ctx.actor, right)
    return await answer(ctx, params)
  } catch (error) {
    if (isAppError(error)) return answerFailure(error)
    ctx.logger.error('A request failed inside the console.', { path: new URL(request.url).pathname, err: error })
    return new Response('This cannot be shown. The log of the console says why.\n', { status: 500 })
  }
}

/** A route handler of Next, which carries its route for the test that walks all of them. */
export function serve<Params>(route: Route<Params>) {
  const handle = async (request: Request, { params }: { params: Promise<Params> }): Promise<Response> =>
    answerRoute(route, request, await params, () => makeRequestContext(getContext(), request))
  return Object.assign(handle, { route })
}
