// What the logical view draws: hosts as groups with their VMs, DHCP servers and gateways, networks with their subnets, routers between
// networks.

import type { ChangeAction } from '@/server/core/plan/change'
import type { Host } from '@/server/core/topology/kinds/host/host'

/** What a pending change does to an object; null: nothing. */
export type Mark = ChangeAction | null

export interface GraphPort {
  /** Of the row and its wire. */
  readonly id: string
  /** What it stands for: the port, or the trunk of several subports. */
  readonly objectId: string
  /** eth0 in a VM, eth0.101 for a subport, dhcp in a DHCP server, gw in a gateway; at a router the name of the network. */
  readonly nic: string
  readonly role: 'nic' | 'parent' | 'subport'
  readonly address: string
  readonly networkId: string
  /** By which it is reached from outside. */
  readonly floatingIps: readonly GraphFloatingIp[]
  readonly mark: Mark
}

export interface GraphFloatingIp {
  readonly address: string
  /** The external network of which it is an address. */
  readonly networkId: string
  readonly mark: Mark
}

export interface GraphEndpoint {
  readonly id: string
  readonly kind: 'vm' | 'dhcp' | 'gateway'
  readonly name: string
  readonly hostId: string
  readonly ports: readonly GraphPort[]
  /** What a VM is to an inner cloud, in words; null where it is nothing. */
  readonly nesting: string | null
  readonly mark: Mark
}

export interface GraphHost {
  readonly id: string
  readonly name: string
  readonly roles: Host['roles']
  readonly isPrepared: boolean
  readonly isReadOnly: boolean
  readonly endpoints: readonly GraphEndpoint[]
  readonly mark: Mark
}

export interface GraphSubnet {
  readonly id: string
  readonly cidr: string
  readonly hasDhcp: boolean
  readonly mark: Mark
}

export interface GraphNetwork {
  readonly id: string
  readonly name: string
  readonly segment: string
  readonly isUp: boolean
  /** Routers may lead out by it. */
  readonly isExternal: boolean
  readonly subnets: readonly GraphSubnet[]
  readonly portCount: number
  /** Addresses of it that are floating IPs: counted, as there may be hundreds. null: none. */
  readonly floatingIps: { readonly count: number; readonly mark: Mark } | null
  readonly mark: Mark
}

/** What is selected where the floating IPs of a network are. */
export const floatingIpsId = (networkId: string): string => `floating-ips/${networkId}`
export const networkOfFloatingIps = (id: string): string | null => /^floating-ips\/(.+)$/.exec(id)?.[1] ?? null

export interface GraphRouterPort extends GraphPort {
  /** Its way out, drawn on the side away from the networks it joins. */
  readonly isGateway: boolean
}

export interface GraphRouter {
  readonly id: string
  readonly name: string
  readonly isUp: boolean
  /** "centralized on net1" */
  readonly standing: string
  readonly ports: readonly GraphRouterPort[]
  readonly mark: Mark
}

export interface TopologyGraph {
  readonly hosts: readonly GraphHost[]
  readonly networks: readonly GraphNetwork[]
  readonly routers: readonly GraphRouter[]
}
