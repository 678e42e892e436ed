// Who may change a host, and who waits for it. A lease is of one operation on one host; its token grows with each lease of the host, so
// that an operation which lost its lease can tell, and a plan can tell whether anybody was at a host since it was read.

import { isQueued, takesHosts, type Operation } from './operation'

/** Six heartbeats: a busy machine misses some, and a console that is gone holds nobody up for long. */
export const LEASE_MS = 30_000
export const HEARTBEAT_MS = LEASE_MS / 6
/** So far behind is who looks at what another process writes, and hears nothing of it. */
export const LOOK_MS = 1_000

export interface Lease {
  readonly hostId: string
  readonly token: number
  readonly operationId: string
  readonly takenAt: string
  /** Renewed while its console is there; null when it was given back. */
  readonly heldUntil: string | null
}

/** What an operation waits for: one host, and who is before it there. */
export interface Wait {
  readonly hostId: string
  readonly operationId: string
  readonly actor: string
  /** Since when the other one has the host, or waits for it itself. */
  readonly since: string
  readonly isChanging: boolean
}

export const isHeld = ({ heldUntil }: Lease, now: string): boolean => heldUntil !== null && heldUntil > now

/**
 * All hosts at once or none, so that no two wait for one another; and whoever asked first for a host has it first, so that one which needs
 * many is not passed by for ever.
 */
export function findWaits(operation: Operation, open: readonly Operation[], leases: readonly Lease[], now: string): Wait[] {
  const before = open.filter((each) => takesHosts[each.kind] && isQueued(each) && each.number < operation.number)
  return operation.hostIds.flatMap((hostId): Wait[] => {
    const lease = leases.find((each) => each.hostId === hostId && each.operationId !== operation.id && isHeld(each, now))
    if (lease)
      return [{ hostId, operationId: lease.operationId, actor: actorOf(open, lease.operationId), since: lease.takenAt, isChanging: true }]
    const first = before.find((each) => each.hostIds.includes(hostId))
    return first ? [{ hostId, operationId: first.id, actor: first.actor, since: first.queuedAt, isChanging: false }] : []
  })
}

const actorOf = (open: readonly Operation[], id: string): string => open.find((each) => each.id === id)?.actor ?? ''
