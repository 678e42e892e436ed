// Listens for a bounded time to what a guest sends on its tap, and reads afterwards what the bridges behind it learned. Nothing
// keeps running on the host, whatever happens.

import { setTimeout as delay } from 'node:timers/promises'
import { INTEGRATION_BRIDGE, qvoName, tapName, trunkBridgeName } from '@/server/core/naming'
import type { HostObservation } from '@/server/core/host/observation'
import type { Trunk } from '@/server/core/topology/topology'
import type { AuditTraffic } from '@/server/core/trunk/audit'
import { countSentFrames, recentlyLearned, withLearned } from '@/server/core/trunk/sent-frames'
import { checkTargets } from '@/server/effects/capture/identify-links'
import { readLearnedMacs } from '@/server/effects/capture/learned-macs'
import { type RunningCapture, startCapture } from '@/server/effects/capture/start-capture'
import type { IdSource } from '@/server/effects/ids'
import type { HostSession } from '@/server/effects/ssh/host-session'
import { messageOf } from '../verify/verify-deps'

export interface Listening {
  readonly session: HostSession
  readonly ids: IdSource
  readonly trunk: Trunk
  readonly observation: HostObservation
  readonly listenS: number
  /** Lets the guest send something, once the capture runs. */
  readonly provoke: () => Promise<void>
  readonly signal: AbortSignal
}

/** Only the header is of interest; a busy guest fills this and is known from what its bridge learns. */
const LIMITS = { packets: 5_000, bytes: 1024 * 1024, snapLength: 64 } as const
const EVERYTHING = ''

export async function listenToGuest(listening: Listening): Promise<AuditTraffic> {
  const { trunk, listenS, signal, provoke } = listening
  const startedMs = performance.now()
  const capture = await start(listening)
  try {
    await Promise.all([provoke(), delay(listenS * 1000, undefined, { signal })])
  } finally {
    if ('stop' in capture) await capture.stop()
  }
  const { packets, problem } = 'stop' in capture ? await capture.stop() : { packets: [], problem: capture.problem }
  const entries = await readLearnedMacs(listening.session, [trunkBridgeName(trunk.id), INTEGRATION_BRIDGE], listening.ids.uuid(), signal)
  const withinS = Math.ceil((performance.now() - startedMs) / 1000)
  const { ovsPorts, links } = listening.observation.state
  const learned = recentlyLearned(entries, ovsPorts, withinS)
  const between = { bridge: trunkBridgeName(trunk.id), vif: qvoName(trunk.portId), hostMacs: new Set(links.flatMap(({ macAddress }) => macAddress ?? [])) }
  return { listenedS: listenS, sent: withLearned(countSentFrames(packets), learned, between), learned, problem }
}

/** Without a capture the bridges still tell. */
async function start({ session, trunk, observation, listenS, signal }: Listening): Promise<RunningCapture | { readonly problem: string }> {
  const device = tapName(trunk.portId)
  const ifindex = observation.state.links.find((link) => link.netns === '' && link.name === device)?.observed?.ifindex ?? null
  const target = { netns: '', device, ifindex }
  try {
    const wrong = (await checkTargets(session, [target], signal)).get(target)
    if (wrong) return { problem: wrong }
    // The host ends it a little after the console would have.
    const limits = { ...LIMITS, seconds: listenS + 30 }
    return await startCapture(session, { place: target, filter: EVERYTHING, direction: 'in', limits }, signal)
  } catch (error) {
    signal.throwIfAborted()
    return { problem: messageOf(error) }
  }
}
