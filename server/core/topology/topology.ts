// The logical model: what the operator asked for, in Neutron's terms. Plain data, JSON all the way, so that a revision is
// a copy of it. What one object is, with its rules and edits, stands in the folder of its kind (kinds/); host facts in core/host.

import type { FloatingIp } from './kinds/floating-ip/floating-ip'
import type { GatewayCluster } from './kinds/gateway-cluster/gateway-cluster'
import type { Host } from './kinds/host/host'
import type { HostAggregate } from './kinds/host-aggregate/host-aggregate'
import type { NestedUplink } from './kinds/nested-uplink/nested-uplink'
import type { Network } from './kinds/network/network'
import type { PhysicalNetwork } from './kinds/physical-network/physical-network'
import type { Port } from './kinds/port/port'
import type { PortForwarding } from './kinds/port-forwarding/port-forwarding'
import type { Project } from './kinds/project/project'
import type { Router } from './kinds/router/router'
import type { SecurityGroup } from './kinds/security-group/security-group'
import type { Subnet } from './kinds/subnet/subnet'
import type { Trunk } from './kinds/trunk/trunk'
import type { Vm } from './kinds/vm/vm'

/**
 * The kinds of objects. A new one is a line here, a folder in kinds/, a line in kinds/kinds.ts and kinds/edits.ts and, where it has rules of its own, in
 * rule-params.ts.
 */
interface Models {
  readonly project: Project
  readonly host: Host
  readonly hostAggregate: HostAggregate
  readonly physicalNetwork: PhysicalNetwork
  readonly network: Network
  readonly subnet: Subnet
  readonly securityGroup: SecurityGroup
  readonly gatewayCluster: GatewayCluster
  readonly router: Router
  readonly port: Port
  readonly vm: Vm
  readonly trunk: Trunk
  readonly floatingIp: FloatingIp
  readonly portForwarding: PortForwarding
  readonly nestedUplink: NestedUplink
}

/** What every object may have, whatever its kind. */
export interface Described {
  /** Neutron's description; absent: none. */
  readonly description?: string
}

export type Kind = keyof Models
export type ObjectOf = { readonly [K in Kind]: Models[K] & Described }

/** What a kind's list in the topology is called. */
export type ListOf<K extends Kind> = `${K}s`

export type ObjectLists = { readonly [K in Kind as ListOf<K>]: readonly ObjectOf[K][] }

/** Local VLAN of a network on one host: chosen by us, stored before anything runs, unrelated to VLAN id or VNI. */
export interface LocalVlan {
  readonly hostId: string
  readonly networkId: string
  readonly vlan: number
}

/** A list per kind of object (`projects`, `hosts`, …), and what was chosen for them beside. */
export interface Topology extends ObjectLists {
  readonly localVlans: readonly LocalVlan[]
}
