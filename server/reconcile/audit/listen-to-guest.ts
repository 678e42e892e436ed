// Listens for a bounded time to what a guest sends on its tap, and finds out afterwards where it got to: what the bridges behind the tap
// learned and, on Linux bridge hosts, what left by the NICs. Nothing keeps running on the host, whatever happens.

import { setTimeout as delay } from 'node:timers/promises'
import { traitsOf } from '@/server/core/agents/agent-traits'
import { INTEGRATION_BRIDGE, qvoName, tapName, trunkBridgeName } from '@/server/core/naming'
import type { HostObservation } from '@/server/core/host/observation'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import { findById } from '@/server/core/topology/find'
import type { Trunk } from '@/server/core/topology/kinds/trunk/trunk'
import type { Topology } from '@/server/core/topology/topology'
import type { AuditTraffic } from '@/server/core/trunk/audit'
import { withTaken } from '@/server/core/trunk/linuxbridge/hops'
import { patchPairs } from '@/server/core/trunk/patch-pair'
import { countSentFrames, recentlyLearned, withLearned } from '@/server/core/trunk/sent-frames'
import { countLeftFrames, wirePoints, type WirePoint } from '@/server/core/trunk/ways-out'
import { checkTargets } from '@/server/effects/capture/identify-links'
import { readLinuxBridgeMacs } from '@/server/effects/capture/learned-by-linux-bridges'
import { readLearnedMacs } from '@/server/effects/capture/learned-macs'
import { startCapture } from '@/server/effects/capture/start-capture'
import type { CaptureDirection } from '@/server/effects/capture/tcpdump'
import type { IdSource } from '@/server/effects/ids'
import type { HostSession, StreamPlaces } from '@/server/effects/ssh/host-session'
import { messageOf } from '../verify/verify-deps'

export interface Listening {
  readonly session: HostSession
  readonly ids: IdSource
  readonly topology: Topology
  readonly trunk: Trunk
  readonly hostId: string
  readonly observation: HostObservation
  readonly listenS: number
  /** Lets the guest send something, once the captures run. */
  readonly provoke: () => Promise<void>
  readonly signal: AbortSignal
}

/** Only headers are of interest, up to the inner Ethernet of VXLAN; a busy guest fills this and is known from what its bridges learn. */
const LIMITS = { packets: 5_000, bytes: 1024 * 1024, snapLength: 72 } as const
const EVERYTHING = ''

export async function listenToGuest(listening: Listening): Promise<AuditTraffic> {
  const { topology, trunk, hostId, listenS, signal, provoke } = listening
  const host = findById(topology.hosts, hostId)
  const hasBridges = host !== null && !traitsOf(host).usesOpenvswitch
  const tap = { device: tapName(trunk.portId), filter: EVERYTHING }
  const wires = hasBridges ? wirePoints(topology, hostId, patchPairs(topology, trunk)) : []
  // Together, so that none waits for the end of another.
  const places = await listening.session.reserve(1 + wires.length, signal)
  const startedMs = performance.now()
  const captures: DeviceCapture[] = []
  try {
    const starting = [
      captureOn(listening, places, 0, tap, 'in'),
      ...wires.map((point, index) => captureOn(listening, places, index + 1, point, 'out')),
    ]
    captures.push(...(await Promise.all(starting)))
    await Promise.all([provoke(), delay(listenS * 1000, undefined, { signal })])
  } finally {
    await Promise.all(captures.map((capture) => capture.stop()))
    places.release()
  }
  const [guestCapture, ...wireCaptures] = captures
  const heard = await guestCapture!.stop()
  const wire = await Promise.all(wireCaptures.map(async (capture) => ({ device: capture.device, ...(await capture.stop()) })))
  const withinS = () => Math.ceil((performance.now() - startedMs) / 1000)
  const sent = countSentFrames(heard.packets)
  const behind = hasBridges ? await behindLinuxBridges(listening, sent, withinS) : await behindOpenVswitch(listening, sent, withinS)
  const problem = [heard, ...wire].find((each) => each.problem !== null)?.problem ?? null
  return { listenedS: listenS, ...behind, left: wire.flatMap(({ device, packets }) => countLeftFrames(device, packets)), problem }
}

type Behind = Pick<AuditTraffic, 'sent' | 'learned'>

async function behindOpenVswitch(
  { session, ids, trunk, observation, signal }: Listening,
  sent: AuditTraffic['sent'],
  withinS: () => number,
): Promise<Behind> {
  const bridge = trunkBridgeName(trunk.id)
  const entries = await readLearnedMacs(session, [bridge, INTEGRATION_BRIDGE], ids.uuid(), signal)
  const { ovsPorts, links } = observation.state
  const learned = recentlyLearned(entries, ovsPorts, withinS())
  return {
    learned,
    sent: withLearned(sent, learned, {
      bridge,
      vif: qvoName(trunk.portId),
      hostMacs: new Set(links.flatMap(({ macAddress }) => macAddress ?? [])),
    }),
  }
}

async function behindLinuxBridges(
  { session, trunk, observation, signal }: Listening,
  sent: AuditTraffic['sent'],
  withinS: () => number,
): Promise<Behind> {
  const learned = await readLinuxBridgeMacs(session, withinS, signal)
  return { learned, sent: withTaken(sent, learned, observation.state, tapName(trunk.portId)) }
}

interface DeviceCapture {
  readonly device: string
  /** May be called twice. */
  stop(): Promise<{ readonly packets: readonly CapturedPacket[]; readonly problem: string | null }>
}

const notCaptured = (device: string, problem: string): DeviceCapture => ({ device, stop: async () => ({ packets: [], problem }) })

/** Without a capture the bridges still tell. */
async function captureOn(
  { session, observation, listenS, signal }: Listening,
  places: StreamPlaces,
  index: number,
  { device, filter }: WirePoint,
  direction: CaptureDirection,
): Promise<DeviceCapture> {
  const ifindex = observation.state.links.find((link) => link.netns === '' && link.name === device)?.observed?.ifindex ?? null
  const target = { netns: '', device, ifindex }
  if (index >= places.granted)
    return notCaptured(device, `${device} was not listened to. ${places.shortage ?? 'There was no place for it'}`)
  try {
    const wrong = (await checkTargets(session, [target], signal)).get(target)
    if (wrong) return notCaptured(device, wrong)
    // The host ends it a little after the console would have.
    const limits = { ...LIMITS, seconds: listenS + 30 }
    const capture = await startCapture(places, { place: target, filter, direction, limits }, signal)
    return { device, stop: () => capture.stop() }
  } catch (error) {
    signal.throwIfAborted()
    return notCaptured(device, messageOf(error))
  }
}
