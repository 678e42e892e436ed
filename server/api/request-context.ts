// What one request is given: the process's own (app-context.ts), and who asks.

import { type Actor, localActor } from '@/server/core/rights/actor'
import type { AppContext } from './app-context'

export interface RequestContext extends AppContext {
  readonly actor: Actor
}

export const makeRequestContext = (app: AppContext, request: Request): RequestContext => ({ ...app, actor: actorOf(request) })

/** Nobody signs in yet, so nothing of a request tells who sends it. */
const actorOf = (_request: Request): Actor => localActor
