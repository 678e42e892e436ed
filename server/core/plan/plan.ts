// A plan is the whole answer to "what would happen": per host the resource changes, the exact commands in order, what is
// blocked or kept and why; across hosts the changed objects and the ports that lose packets. Pure data, JSON, immutable.

import type { Command } from '../commands/command'
import type { HostStateKind } from '../host/host-state'
import type { Owner } from '../naming'
import type { ChangeAction, FieldChange, ObjectChange } from './change'
import type { Blocked, ImpactReason, Kept, PlanWarning } from './plan-params'

/** A change of one resource of one host. */
export interface ResourceChange {
  readonly action: ChangeAction
  readonly kind: HostStateKind
  readonly key: string
  /** What people call it: "veth qvb9f9c98cb-13", "flow br-int table 0 priority 9 …". */
  readonly label: string
  readonly owner: Owner | null
  readonly fields: readonly FieldChange[]
}

export interface Step {
  /** Stable within the plan: <host>/<index>. */
  readonly id: string
  readonly title: string
  /** Why it is there, in a sentence. */
  readonly reason: string
  readonly command: Command
}

/** `filtered`: what its security groups let pass becomes another thing, and nothing else of it is touched. */
export type ImpactKind = 'new' | 'interrupted' | 'rebuilt' | 'removed' | 'filtered'

/** One port that the plan touches, or a neighbour that loses packets while it runs. */
export interface Impact {
  readonly kind: ImpactKind
  readonly hostId: string
  readonly portId: string | null
  readonly label: string
  readonly reason: ImpactReason
}

export interface HostPlan {
  readonly hostId: string
  readonly hostName: string
  /** When the host was read. An apply on older news reads again first. */
  readonly observedAt: string
  /**
   * The newest lease of the host before it was read (operation/lease.ts): another one since means that a run was there. null when a run was
   * at it just then; absent in plans of a time when there were no leases.
   */
  readonly token?: number | null
  /** The run that was making of the host what this plan wants. Then there are no steps: the plan rests on that run. */
  readonly changedBy?: string
  readonly changes: readonly ResourceChange[]
  readonly steps: readonly Step[]
  /** Steps that take the host back to what was observed. Shown; after a failure they are computed anew from a fresh read. */
  readonly undo: readonly Step[]
  /** Why the plan cannot be applied. */
  readonly blocked: readonly Blocked[]
  /** Something of ours that stays because something foreign lives in it. */
  readonly kept: readonly Kept[]
  /** To be known before applying; they block nothing. Absent in plans from before there were any. */
  readonly warnings?: readonly PlanWarning[]
}

export interface Plan {
  readonly id: string
  readonly createdAt: string
  /** Revision the objects are compared with; 0 before the first apply. */
  readonly baseRevision: number
  /** Digest of the topology the plan was made from; an apply refuses another one. */
  readonly topologyDigest: string
  readonly objects: readonly ObjectChange[]
  readonly hosts: readonly HostPlan[]
  readonly impacts: readonly Impact[]
  /** Absent in plans of a time when there were none. */
  readonly warnings?: readonly PlanWarning[]
}

/** Hosts that an apply changes; of the others it reads and writes nothing. */
export const changedHosts = (plan: Pick<Plan, 'hosts'>): readonly HostPlan[] => plan.hosts.filter((host) => host.steps.length > 0)

export const isPlanEmpty = (plan: Pick<Plan, 'hosts'>): boolean => changedHosts(plan).length === 0
export const isPlanBlocked = (plan: Pick<Plan, 'hosts'>): boolean => plan.hosts.some((host) => host.blocked.length > 0)
