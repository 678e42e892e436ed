// Where VMs move, hosts wait for each other. A VM is started where it comes to once the host that it leaves has stopped it, and put back, when
// something fails, once the other is known not to run it. Hosts that moves join agree in the end: when one fails, the others are taken
// back too, so that a VM is where it was or where it should be. Nobody waits in a circle: on each host stopping comes before starting (`[PLAN-35]`).

import { AppError } from '@/server/core/app-error'
import { explainMoveFailure } from '@/server/core/explain/move'
import type { HostObservation } from '@/server/core/host/observation'
import { unknownPartOf } from '@/server/core/host/unknown-parts'
import { destroys, joinedHosts, starts, takesOff, type Move } from '@/server/core/plan/moves'
import type { HostPlan, Step } from '@/server/core/plan/plan'
import { untilAborted } from '@/server/effects/on-abort'
import { deferred } from '@/server/effects/ssh/deferred'

export interface HostMoves {
  /** Waits until a VM that the step starts runs nowhere else. */
  before(step: Step, signal?: AbortSignal): Promise<void>
  after(step: Step): void
  /** A step of the way back was done. */
  undone(step: Step): void
  /** Done here; waits for the others, and throws when one of them failed. */
  agree(): Promise<void>
  /** It failed here. What it set out to start and did not, runs here no more. */
  fail(): void
  /** What was read on the way back: a VM that came here and is off may be put back. */
  seen(reading: HostObservation): void
  /** The way back ends. Of a VM that was not seen to be off nobody can say that it is. */
  close(): void
}

export function openMoves(moves: readonly Move[], plans: readonly HostPlan[]): (hostId: string) => HostMoves {
  const nameOf = (hostId: string) => plans.find((plan) => plan.hostId === hostId)?.hostName ?? hostId
  const lefts = new Map(moves.map((move) => [move.vmId, gate()]))
  const backs = new Map(moves.map((move) => [move.vmId, gate()]))
  const votes = new Map(plans.map(({ hostId }) => [hostId, gate()]))
  return (hostId) => {
    const [departures, arrivals] = [moves.filter(({ from }) => from === hostId), moves.filter(({ to }) => to === hostId)]
    const steps = plans.find((plan) => plan.hostId === hostId)?.steps ?? []
    const vote = votes.get(hostId) ?? gate()
    const others = [...joinedHosts(moves, hostId)].filter((id) => id !== hostId)
    const begun = new Set<string>()
    return {
      before: async (step, signal) => {
        for (const { vmId, label, from, to } of moves) {
          if (!starts(step, vmId)) continue
          if (to === hostId) {
            await until(lefts.get(vmId)!, signal, explainMoveFailure({ code: 'not-let-go', params: { vm: label, host: nameOf(from) } }))
            begun.add(vmId)
          } else if (from === hostId)
            await until(backs.get(vmId)!, signal, explainMoveFailure({ code: 'may-run-there', params: { vm: label, host: nameOf(to) } }))
        }
      },
      after: (step) => {
        for (const { vmId } of departures) if (steps.findLast((each) => takesOff(each, vmId)) === step) lefts.get(vmId)!.open()
      },
      undone: (step) => {
        for (const { vmId } of arrivals) if (destroys(step, vmId)) backs.get(vmId)!.open()
      },
      agree: async () => {
        vote.open()
        for (const id of others)
          await until(
            votes.get(id)!,
            undefined,
            explainMoveFailure({ code: 'other-failed', params: { vms: vmsBetween(moves, joinedHosts(moves, hostId)), host: nameOf(id) } }),
          )
      },
      fail: () => {
        vote.shut()
        for (const { vmId } of departures) lefts.get(vmId)!.shut()
        for (const { vmId } of arrivals) if (!begun.has(vmId)) backs.get(vmId)!.open()
      },
      seen: (reading) => {
        if (unknownPartOf(reading, 'domains')) return
        for (const { vmId } of arrivals)
          if (!reading.state.domains.some(({ uuid, isRunning }) => uuid === vmId && isRunning)) backs.get(vmId)!.open()
      },
      close: () => {
        for (const { vmId } of arrivals) backs.get(vmId)!.shut()
      },
    }
  }
}

const vmsBetween = (moves: readonly Move[], hostIds: ReadonlySet<string>): readonly string[] =>
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
