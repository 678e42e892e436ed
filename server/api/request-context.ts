// What one request is given: the process's own (app-context.ts), and who asks.

import { type Actor, localActor } from '@/server/core/rights/actor'
import type { AppContext } from './app-context'

export interface RequestContext extends AppContext {
  readonly actor: Actor
}

/** Of a page as of a procedure: what tells who asks. */
type Asking = Pick<Request, 'headers'>

export const makeRequestContext = (app: AppContext, request: Asking): RequestContext => ({ ...app, actor: actorOf(request) })

/** Nobody signs in yet, so nothing of a request tells who sends it. */
const actorOf = (_request: Asking): Actor => localActor
