// What differs between hosts by the agent whose wiring they have. Everything else that a host gets, DHCP servers and VMs, is the same.

import type { DomainInterface } from '../host/domain'
import type { HostState } from '../host/host-state'
import type { Network } from '../topology/kinds/network/network'
import type { Port } from '../topology/kinds/port/port'
import type { Vm } from '../topology/kinds/vm/vm'
import type { StatePiece } from './pieces'
import type { HostScope } from './scope'

export interface InsidePlace {
  readonly netns: string
  readonly device: string
}

export interface Tracking {
  readonly zone: number | undefined
  readonly matches: readonly string[]
}

export interface AgentDriver {
  /** Bridges, tunnels, networks and ports, piece by piece. */
  readonly compileWiring: (scope: HostScope) => readonly StatePiece[]
  /** The device of a DHCP port inside the namespace of its network. */
  readonly dhcpDevice: (port: Port) => string
  /** What it takes to have a port's device in a namespace. */
  readonly plugInside: (scope: HostScope, port: Port, network: Network, place: InsidePlace) => Partial<HostState>
  /** Linux bridge that the VM's NIC of a port is plugged into. */
  readonly vmBridge: (port: Port) => string
  /** Ports whose frames iptables sees untagged, and so can filter. */
  readonly filteredPorts: (scope: HostScope) => readonly Port[]
  /** In which zone their connections are tracked, and what packets are told by on their way to and from the port, before it is known where they go. */
  readonly trackedBy: (scope: HostScope, port: Port) => Tracking
  /** NICs of a VM beside those of its ports. */
  readonly otherNics: (scope: HostScope, vm: Vm) => readonly DomainInterface[]
}
