// What a trunk is on its parent's host, by the agent of that host (docs/reference/trunks.md, linux-bridge.md): its state, and its hops
// in an audit.

import type { HostState, HostStateKind } from '../host/host-state'
import type { ReadingScope } from '../host/unknown-part'
import type { Port } from '../topology/kinds/port/port'
import type { Trunk } from '../topology/kinds/trunk/trunk'
import type { Topology } from '../topology/topology'
import type { AuditHop } from './audit'
import type { AuditContext } from './audit-hops'
import type { Reach } from './networks-reached'
import type { Found, PatchPair, TrunkHost } from './patch-pair'
import type { TrunkState } from './trunk-state'

export interface TrunkDriver {
  /** Why none of it can be there yet. */
  readonly notBuilt: (trunk: Trunk, state: HostState) => Found | null
  /** Of a VM that runs, and has its tap. */
  readonly wiredState: (topology: Topology, trunk: Trunk, parent: Port, state: HostState) => TrunkState
  /** What of a reading it rests on: where that is not known, nothing is concluded from what is missing. */
  readonly restsOn: readonly (readonly [kind: HostStateKind, place: ReadingScope])[]
  readonly auditHops: (context: AuditContext, pair: PatchPair) => readonly AuditHop[]
  /** Where frames of a guest VLAN really go. */
  readonly reach: (host: TrunkHost, parentId: string, guestVlan: number) => Reach
}
