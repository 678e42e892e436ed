// All captures of one verification: started together, stopped together, kept under the id of each. One that cannot start
// is reported at its hop and leaves the others alone.

import { groupBy } from '@/server/core/group-by'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import { checkTargets } from '@/server/effects/capture/identify-links'
import { type RunningCapture, startCapture } from '@/server/effects/capture/start-capture'
import { defaultLimits } from '@/server/effects/capture/tcpdump'
import type { CapturePoint } from './capture-points'
import { messageOf, type VerifyDeps } from './verify-deps'

export interface CapturedHop {
  /** null: nothing could be captured; `problem` says why. */
  readonly packets: readonly CapturedPacket[] | null
  readonly captureId: string | null
  readonly problem: string | null
}

type Started = { readonly point: CapturePoint } & ({ readonly capture: RunningCapture } | { readonly problem: string })
type CaptureDeps = Pick<VerifyDeps, 'session' | 'ids' | 'captures'>

export class CaptureSet {
  private constructor(
    private readonly deps: CaptureDeps,
    private readonly started: readonly Started[],
  ) {}

  static async start(deps: CaptureDeps, points: readonly CapturePoint[], signal: AbortSignal): Promise<CaptureSet> {
    const perHost = [...groupBy(points, ({ hostId }) => hostId)]
    const started = await Promise.all(perHost.map(([hostId, members]) => startOnHost(deps, hostId, members, signal)))
    return new CaptureSet(deps, started.flat())
  }

  get listening(): number {
    return this.started.filter((each) => 'capture' in each).length
  }

  /** By hop id. */
  async stop(): Promise<Map<string, CapturedHop>> {
    const hops = await Promise.all(this.started.map(async (each) => [each.point.hop.id, await this.#finish(each)] as const))
    await this.deps.captures.prune()
    return new Map(hops)
  }

  /** Ends what runs on the hosts and keeps nothing. */
  async discard(): Promise<void> {
    await Promise.all(this.started.map((each) => ('capture' in each ? each.capture.stop() : null)))
  }

  async #finish(started: Started): Promise<CapturedHop> {
    if (!('capture' in started)) return { packets: null, captureId: null, problem: started.problem }
    const { packets, problem } = await started.capture.stop()
    if (packets.length === 0) return { packets, captureId: null, problem }
    const captureId = this.deps.ids.uuid()
    await this.deps.captures.save(captureId, packets, defaultLimits.snapLength)
    return { packets, captureId, problem }
  }
}

async function startOnHost({ session }: CaptureDeps, hostId: string, points: readonly CapturePoint[], signal: AbortSignal): Promise<Started[]> {
  const host = session(hostId)
  const checked = await checkTargets(host, points.map(({ target }) => target), signal).catch(messageOf)
  return Promise.all(
    points.map(async (point): Promise<Started> => {
      const problem = typeof checked === 'string' ? checked : (checked.get(point.target) ?? null)
      if (problem !== null) return { point, problem }
      const request = { place: point.target, filter: point.filter }
      return startCapture(host, request, signal).then((capture) => ({ point, capture }), (error: unknown) => ({ point, problem: messageOf(error) }))
    }),
  )
}
