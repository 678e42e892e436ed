// All captures of one verification: started together, stopped together, kept under the id of each. One that cannot start
// is reported at its hop and leaves the others alone. Places for them are taken host by host in one order: verifications that
// each held one host and waited for the other's would wait until the captures run out.

import type { Coded } from '@/server/core/finding'
import { groupBy } from '@/server/core/group-by'
import type { CapturedPacket } from '@/server/core/packet/captured-packet'
import type { EvidenceNote, StageParams } from '@/server/core/path/verdict-params'
import { checkTargets } from '@/server/effects/capture/identify-links'
import { type RunningCapture, startCapture } from '@/server/effects/capture/start-capture'
import type { StreamPlaces } from '@/server/effects/ssh/host-session'
import { defaultLimits } from '@/server/effects/capture/tcpdump'
import { byWorth, type CapturePoint } from './capture-points'
import { messageOf, type VerifyDeps } from './verify-deps'

export interface CapturedHop {
  /** null: nothing could be captured; `problem` says why. */
  readonly packets: readonly CapturedPacket[] | null
  readonly captureId: string | null
  readonly problem: EvidenceNote | null
}

type Started = { readonly point: CapturePoint } & ({ readonly capture: RunningCapture } | { readonly problem: EvidenceNote })
type CaptureDeps = Pick<VerifyDeps, 'session' | 'ids' | 'captures' | 'logger'>

interface HostPoints {
  readonly hostId: string
  /** The most telling first. */
  readonly points: readonly CapturePoint[]
  /** What the host said where there are none to be had. */
  readonly places: StreamPlaces | string
}

/** Places are usually there at once. */
const NEWS_AFTER_MS = 2_000

export class CaptureSet {
  private constructor(
    private readonly deps: CaptureDeps,
    private readonly started: readonly Started[],
    private readonly hosts: readonly HostPoints[],
  ) {}

  static async start(
    deps: CaptureDeps,
    points: readonly CapturePoint[],
    onStage: (stage: Coded<StageParams>) => void,
    signal: AbortSignal,
  ): Promise<CaptureSet> {
    const hosts: HostPoints[] = []
    try {
      for (const [hostId, members] of [...groupBy(points, ({ hostId }) => hostId)].sort(([left], [right]) => (left < right ? -1 : 1))) {
        const news = setTimeout(onStage, NEWS_AFTER_MS, { code: 'waiting-for-places', params: { host: members[0]?.hop.hostName ?? null } })
        const places = await reserve(deps, hostId, members.length, signal).finally(() => clearTimeout(news))
        hosts.push({ hostId, points: byWorth(members), places })
      }
      const started = await Promise.all(hosts.map((host) => startOnHost(deps, host, signal)))
      return new CaptureSet(deps, started.flat(), hosts)
    } catch (error) {
      giveBack(hosts)
      throw error
    }
  }

  get listening(): number {
    return this.started.filter((each) => 'capture' in each).length
  }

  /** By hop id. */
  async stop(): Promise<Map<string, CapturedHop>> {
    const hops = await Promise.all(this.started.map(async (each) => [each.point.hop.id, await this.#finish(each)] as const))
    giveBack(this.hosts)
    return new Map(hops)
  }

  /** Ends what runs on the hosts and keeps nothing. */
  async discard(): Promise<void> {
    await Promise.all(this.started.map((each) => ('capture' in each ? each.capture.stop() : null)))
    giveBack(this.hosts)
  }

  async #finish(started: Started): Promise<CapturedHop> {
    if (!('capture' in started)) return { packets: null, captureId: null, problem: started.problem }
    const { packets, problem: said } = await started.capture.stop()
    const problem = said === null ? null : quote(said)
    if (packets.length === 0) return { packets, captureId: null, problem }
    return { packets, captureId: await this.#keep(packets), problem }
  }

  /** What was seen is evidence also where there is no place to keep it. */
  async #keep(packets: readonly CapturedPacket[]): Promise<string | null> {
    const captureId = this.deps.ids.uuid()
    try {
      await this.deps.captures.save(captureId, packets, defaultLimits.snapLength)
      return captureId
    } catch (error) {
      this.deps.logger.error('A capture could not be kept.', { captureId, err: error })
      return null
    }
  }
}

async function reserve({ session }: CaptureDeps, hostId: string, wanted: number, signal: AbortSignal): Promise<StreamPlaces | string> {
  try {
    return await session(hostId).reserve(wanted, signal)
  } catch (error) {
    if (signal.aborted) throw error
    return messageOf(error)
  }
}

async function startOnHost({ session }: CaptureDeps, { hostId, points, places }: HostPoints, signal: AbortSignal): Promise<Started[]> {
  if (typeof places === 'string') return points.map((point) => ({ point, problem: quote(places) }))
  const [heard, left] = [points.slice(0, places.granted), points.slice(places.granted)]
  const checked = await checkTargets(
    session(hostId),
    heard.map(({ target }) => target),
    signal,
  ).catch(messageOf)
  const started = await Promise.all(
    heard.map(async (point): Promise<Started> => {
      const problem = typeof checked === 'string' ? checked : (checked.get(point.target) ?? null)
      if (problem !== null) return { point, problem: quote(problem) }
      const request = { place: point.target, filter: point.filter }
      return startCapture(places, request, signal).then(
        (capture) => ({ point, capture }),
        (error: unknown) => ({ point, problem: quote(messageOf(error)) }),
      )
    }),
  )
  return [
    ...started,
    ...left.map((point): Started => ({ point, problem: { code: 'no-place', params: { said: places.shortage ?? null } } })),
  ]
}

const quote = (said: string): EvidenceNote => ({ code: 'said', params: { said } })

const giveBack = (hosts: readonly HostPoints[]): void => {
  for (const { places } of hosts) if (typeof places !== 'string') places.release()
}
