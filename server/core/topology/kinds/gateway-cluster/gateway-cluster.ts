// A gateway cluster: hosts that lead floating IPs, and what has none, out of the cloud in place of its compute hosts (docs/reference/cloud-gateway.md).
// They share one tunnel address, so that compute hosts know one gateway, however many there are.

import type { AllocationPool } from '../subnet/subnet'

/**
 * What a cluster does for routers. Load balancing, interconnection and firewalls are of the same kind, and would be further ones; there are none yet.
 */
export const gatewayFunctions = ['floating-ip', 'snat'] as const
export type GatewayFunction = (typeof gatewayFunctions)[number]

/** Whom members tell by BGP where addresses are: in the underlay the cluster's own, in the external network those of floating IPs. */
export interface BgpPeer {
  readonly address: string
  readonly as: number
  /** A peer that fails is noticed in a fraction of a second. */
  readonly hasBfd: boolean
}

/** What a cluster must know of a floating IP. Every cloud that uses the cluster tells it so. */
export interface GatewayRecord {
  readonly cloudId: string
  readonly floatingIpId: string
  readonly floatingIp: string
  readonly vmIp: string
  /** Of the VM's host. */
  readonly dvrMac: string
  readonly vni: number
  /** Tunnel address of the VM's host. */
  readonly vtep: string
  /** MAC of the router's selector port in the VM's subnet, to which the host sends. */
  readonly selectorMac: string
}

export interface GatewayCluster {
  readonly id: string
  readonly name: string
  /** External: its addresses are what the cluster leads out by. */
  readonly networkId: string
  /** Tunnel address of all members. */
  readonly vip: string
  /** What this cloud is called in records: clusters may serve several. */
  readonly cloudId: string
  readonly functions: readonly GatewayFunction[]
  readonly localAs: number
  readonly peers: readonly BgpPeer[]
  /** Of the external network, for floating IPs. */
  readonly floatingIpPools: readonly AllocationPool[]
  readonly memberHostIds: readonly string[]
  /** Told by other clouds. */
  readonly importedRecords: readonly GatewayRecord[]
}
