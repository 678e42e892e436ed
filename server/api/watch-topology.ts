// Events of all kinds folded into ticks. The first tick comes at once, so that a page which lost its connection asks
// again for what it may have missed; ids need not be resumable for the same reason. What many hosts or runs do within a moment is one
// tick: every page that hears of it asks again, so a tick for each of them would have fifty pages ask for nothing but that.

import type { TickReason, TopologyTick } from '@/server/core/api-types'
import { joinTouched } from '@/server/core/topology/touched'
import type { AppEvent } from '@/server/effects/events'
import type { AppContext } from './app-context'

const reasons: Record<AppEvent['type'], TickReason> = {
  design: 'design',
  revision: 'revision',
  elsewhere: 'opened',
  run: 'run',
  observation: 'observation',
  verification: 'verification',
  operation: 'operation',
}

const types = Object.keys(reasons) as AppEvent['type'][]

/** Nobody sees a page change five times a second. */
const PAUSE_MS = 200

interface IdentifiedTick {
  readonly id: string
  readonly tick: TopologyTick
}

type Deps = Pick<AppContext, 'events' | 'ids'>

export async function* watchTopology(ctx: Deps, signal: AbortSignal, pauseMs = PAUSE_MS): AsyncGenerator<IdentifiedTick> {
  const bursts = ctx.events.gather(types, pauseMs, signal)
  yield makeTick(ctx, ['opened'], 'everything')
  for await (const burst of bursts) {
    const told = burst.filter(isWorthTelling)
    if (told.length > 0) yield makeTick(ctx, reasonsOf(told), touchedBy(told))
  }
}

/** A run's steps have their own subscription; pages that list things need its beginning, phases and end. */
function isWorthTelling(event: AppEvent): boolean {
  if (event.type === 'run') return event.event.type !== 'step'
  return event.type !== 'verification' || event.event.type === 'finished'
}

const reasonsOf = (events: readonly AppEvent[]): readonly TickReason[] => [...new Set(events.map(({ type }) => reasons[type]))]

const touchedBy = (events: readonly AppEvent[]) => joinTouched(events.flatMap((event) => (event.type === 'design' ? [event.touched] : [])))

const makeTick = ({ events, ids }: Deps, told: TopologyTick['reasons'], touched: TopologyTick['touched']): IdentifiedTick => ({
  id: ids.uuid(),
  tick: { reasons: told, touched, news: events.mark() },
})
