// Events of all kinds folded into one tick. The first tick comes at once, so that a page which lost its connection asks
// again for what it may have missed; ids need not be resumable for the same reason.

import type { TopologyTick } from '@/server/core/api-types'
import { isoNow } from '@/server/effects/clock'
import type { AppEvent } from '@/server/effects/events'
import type { AppContext } from './app-context'

const reasons: Record<AppEvent['type'], TopologyTick['reason']> = {
  design: 'design',
  // What is pending is counted from the last revision.
  revision: 'design',
  elsewhere: 'opened',
  run: 'run',
  observation: 'observation',
  verification: 'verification',
  operation: 'operation',
}

const types = Object.keys(reasons) as AppEvent['type'][]

interface IdentifiedTick {
  readonly id: string
  readonly tick: TopologyTick
}

export async function* watchTopology(ctx: AppContext, signal: AbortSignal): AsyncGenerator<IdentifiedTick> {
  const events = ctx.events.subscribe(types, signal)
  yield makeTick(ctx, 'opened', 'everything')
  for await (const event of events)
    if (isWorthTelling(event)) yield makeTick(ctx, reasons[event.type], event.type === 'design' ? event.touched : 'everything')
}

/** A run's steps have their own subscription; pages that list things need its beginning, phases and end. */
function isWorthTelling(event: AppEvent): boolean {
  if (event.type === 'run') return event.event.type !== 'step'
  return event.type !== 'verification' || event.event.type === 'finished'
}

async function makeTick(ctx: AppContext, reason: TopologyTick['reason'], touched: TopologyTick['touched']): Promise<IdentifiedTick> {
  const news = ctx.events.mark()
  const revision = await ctx.store.revisions.latestNumber()
  return { id: ctx.ids.uuid(), tick: { revision, at: isoNow(ctx.clock), reason, touched, news } }
}
