// A port of a host that somebody else wired, and what a host tells of itself: by a driver for each agent, which reads what that agent
// leaves there.

import type { Link } from '../host/link'
import type { HostView } from '../path/host-view'
import type { AgentKind, BridgeMapping, Tunnel } from '../topology/kinds/host/host'
import type { Network } from '../topology/kinds/network/network'
import type { LocalVlan } from '../topology/topology'

export interface FoundPort {
  readonly view: HostView
  /** By which it joins the others of its network there: its port on br-int, its device in the network's bridge. */
  readonly device: string
  /** The device that the guest is plugged by; on a trunk another one than `device`. */
  readonly plug: string
  readonly portId: string
  readonly macAddress: string
  readonly networkId: string
  readonly segment: FoundSegment
  readonly kind: 'vm' | 'subport' | 'dhcp' | 'router'
  /** '' where nobody tells. */
  readonly vmId: string
  /** The device of a server or a router, in its namespace. */
  readonly inside: Link | null
  readonly trunk: FoundTrunk | null
  /** Local VLANs that it gives its network. */
  readonly tags: readonly number[]
}

/** What a port tells of its network. */
export interface FoundSegment {
  readonly type: string | undefined
  readonly physicalNetworkId: string | null
  readonly segmentationId: string | undefined
}

/** A port of a trunk: with which VLAN id in the guest (null: the parent's untagged frames). */
export interface FoundTrunk {
  readonly trunkId: string
  readonly parentPortId: string
  readonly guestVlan: number | null
}

export interface FoundDriver {
  readonly agentKind: AgentKind
  /** Whether a host has this agent's wiring. */
  readonly isAt: (view: HostView) => boolean
  /** `cloud`: all its hosts, where one knows what another has cut off. */
  readonly ports: (view: HostView, cloud: readonly HostView[]) => readonly FoundPort[]
  /** null: none shows. */
  readonly tunnel: (view: HostView) => Tunnel | null
  readonly mappings: (view: HostView, networks: readonly Network[], localVlans: readonly LocalVlan[]) => readonly BridgeMapping[]
}
