// A port: the attachment of a device to a network.

/** Neutron's device_owner; '' is a port that nothing uses yet. */
export type DeviceOwner = '' | 'compute:nova' | 'network:dhcp' | 'trunk:subport' | RouterOwner

/** Of a router's ports, which no design has: they are found on hosts that somebody else wires. */
type RouterOwner = 'network:router_interface' | 'network:router_interface_distributed' | 'network:router_gateway'

export interface Port {
  readonly id: string
  readonly networkId: string
  readonly name: string
  readonly macAddress: string
  readonly fixedIps: readonly { readonly subnetId: string; readonly ipAddress: string }[]
  /** binding:host_id */
  readonly hostId: string | null
  /** Where a port without one host of its own stands (Neutron's distributed binding). */
  readonly distributedOn?: readonly string[]
  readonly deviceOwner: DeviceOwner
  /** VM id, dhcp<…>-<network id>, or router id. */
  readonly deviceId: string
  readonly isAdminStateUp: boolean
  readonly isPortSecurityEnabled: boolean
}
