// The audit with the host read anew, the guest asked and its packets listened to. Whoever stops watching ends it.

import { untilGone } from '../resume'
import { procedure } from '../trpc'
import { listenInput } from './inputs'

export const listenToTrunk = procedure('captures:take')
  .input(listenInput)
  .subscription(async function* ({ ctx, input: { id, ...how }, signal }) {
    yield* ctx.conductor.listenToTrunk({ trunkId: id, ...how }, untilGone(signal), ctx.actor.id)
  })
