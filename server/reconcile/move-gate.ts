// Where VMs and floating IPs move, hosts wait for each other. One comes to a host once the host that it leaves has let it go, and is put back, when
// something fails, once the other is known not to have it. Hosts that moves join agree in the end: when one fails, the others are taken
// back too, so that each is where it was or where it should be. Nobody waits in a circle: on each host what goes comes before what
// comes (`[PLAN-35]`).

import { AppError } from '@/server/core/app-error'
import { explainMoveFailure } from '@/server/core/explain/move'
import type { HostObservation } from '@/server/core/host/observation'
import { unknownPartOf } from '@/server/core/host/unknown-parts'
import { handsOf, joinedHosts, type Move } from '@/server/core/plan/moves'
import type { HostPlan, Step } from '@/server/core/plan/plan'
import { untilAborted } from '@/server/effects/on-abort'
import { deferred } from '@/server/effects/ssh/deferred'

export interface HostMoves {
  /** Waits until what the step brings is nowhere else. */
  before(step: Step, signal?: AbortSignal): Promise<void>
  after(step: Step): void
  /** A step of the way back was done. */
  undone(step: Step): void
  /** Done here; waits for the others, and throws when one of them failed. */
  agree(): Promise<void>
  /** It failed here. What it set out to bring and did not, is not here. */
  fail(): void
  /** What was read on the way back: what came here and is off may be put back. */
  seen(reading: HostObservation): void
  /** The way back ends. Of what was not seen to be off nobody can say that it is. */
  close(): void
}

export function openMoves(moves: readonly Move[], plans: readonly HostPlan[]): (hostId: string) => HostMoves {
  const nameOf = (hostId: string) => plans.find((plan) => plan.hostId === hostId)?.hostName ?? hostId
  const lefts = new Map(moves.map((move) => [move, gate()]))
  const backs = new Map(moves.map((move) => [move, gate()]))
  const votes = new Map(plans.map(({ hostId }) => [hostId, gate()]))
  return (hostId) => {
    const [departures, arrivals] = [moves.filter(({ from }) => from === hostId), moves.filter(({ to }) => to === hostId)]
    const steps = plans.find((plan) => plan.hostId === hostId)?.steps ?? []
    const vote = votes.get(hostId) ?? gate()
    const others = [...joinedHosts(moves, hostId)].filter((id) => id !== hostId)
    const begun = new Set<Move>()
    return {
      before: async (step, signal) => {
        for (const move of arrivals) {
          const { what, arrivalId, label, from } = move
          if (!handsOf[what].starts(step, arrivalId)) continue
          await until(lefts.get(move)!, signal, explainMoveFailure({ code: 'not-let-go', params: { what: label, host: nameOf(from) } }))
          begun.add(move)
        }
        for (const move of departures) {
          const { what, id, label, to } = move
          if (!handsOf[what].starts(step, id)) continue
          await until(backs.get(move)!, signal, explainMoveFailure({ code: 'may-run-there', params: { what: label, host: nameOf(to) } }))
        }
      },
      after: (step) => {
        for (const move of departures)
          if (steps.findLast((each) => handsOf[move.what].takesOff(each, move.id)) === step) lefts.get(move)!.open()
      },
      undone: (step) => {
        for (const move of arrivals) if (handsOf[move.what].destroys(step, move.arrivalId)) backs.get(move)!.open()
      },
      agree: async () => {
        vote.open()
        for (const id of others)
          await until(
            votes.get(id)!,
            undefined,
            explainMoveFailure({
              code: 'other-failed',
              params: { whats: movedBetween(moves, joinedHosts(moves, hostId)), host: nameOf(id) },
            }),
          )
      },
      fail: () => {
        vote.shut()
        for (const move of departures) lefts.get(move)!.shut()
        for (const move of arrivals) if (!begun.has(move)) backs.get(move)!.open()
      },
      seen: (reading) => {
        for (const move of arrivals) {
          const { toldBy, isThere } = handsOf[move.what]
          if (!toldBy.some((kind) => unknownPartOf(reading, kind)) && !isThere(reading.state, move.arrivalId)) backs.get(move)!.open()
        }
      },
      close: () => {
        for (const move of arrivals) backs.get(move)!.shut()
      },
    }
  }
}

const movedBetween = (moves: readonly Move[], hostIds: ReadonlySet<string>): readonly string[] =>
  moves.filter(({ from }) => hostIds.has(from)).map(({ label }) => label)

/** Opened or shut once; the first says it. */
function gate() {
  const { promise, resolve } = deferred<boolean>()
  return { opened: promise, open: () => resolve(true), shut: () => resolve(false) }
}

async function until({ opened }: ReturnType<typeof gate>, signal: AbortSignal | undefined, otherwise: string): Promise<void> {
  const abort = signal && untilAborted(signal)
  const isOpen = await Promise.race([opened, ...(abort ? [abort.aborted] : [])]).finally(abort?.stop)
  if (!isOpen) throw new AppError('command_failed', otherwise)
}
