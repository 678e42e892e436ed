// A port: the attachment of a device to a network.

/** Neutron's device_owner; '' is a port that nothing uses yet. */
export type DeviceOwner = '' | 'compute:nova' | 'network:dhcp' | 'trunk:subport' | RouterOwner | FloatingOwner | GatewayOwner

/** Of a router's ports, which come and go with its interfaces. */
type RouterOwner =
  | 'network:router_interface'
  | 'network:router_interface_distributed'
  | 'network:router_gateway'
  | 'network:router_centralized_snat'
  | 'network:router_centralized_fip'

/** Of a floating IP's own port, which is bound nowhere, and of a host's for floating IPs of distributed routers. */
type FloatingOwner = 'network:floatingip' | 'network:floatingip_agent_gateway'

/** Of a member of a gateway cluster, in the external network. Not Neutron's. */
type GatewayOwner = 'network:gateway_member'

export interface Port {
  readonly id: string
  readonly networkId: string
  readonly name: string
  readonly macAddress: string
  readonly fixedIps: readonly { readonly subnetId: string; readonly ipAddress: string }[]
  /** binding:host_id */
  readonly hostId: string | null
  /** Where a port without one host of its own was found (Neutron's distributed binding). Of the design's, distributed-routers.ts says where they stand. */
  readonly distributedOn?: readonly string[]
  readonly deviceOwner: DeviceOwner
  /** VM id, dhcp<…>-<network id>, id of a router, a floating IP, a gateway cluster, or a host. */
  readonly deviceId: string
  readonly isAdminStateUp: boolean
  readonly isPortSecurityEnabled: boolean
  /** The groups whose rules filter it; none of them: nothing passes but DHCP. Absent: from before there were groups, and not filtered. */
  readonly securityGroupIds?: readonly string[]
  /** Addresses beside its own that it may send from. Absent: none. */
  readonly allowedAddressPairs?: readonly AddressPair[]
  /**
   * In which the host of its VM tracks its connections: the same on whatever host it is, and no other port's or network's. Given when it is first in
   * a group.
   */
  readonly conntrackZone?: number
  /**
   * Settled, of the selector of a router that leads out by a gateway cluster: as many addresses of 240.0.0.0/4 as the subnet has, under which members know
   * those without a floating IP before they translate them. No other selector's.
   */
  readonly snatBlock?: string
}

/** Neutron's allowed_address_pairs. */
export interface AddressPair {
  readonly macAddress: string
  /** An address or a prefix. */
  readonly ipAddress: string
}
