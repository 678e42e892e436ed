// A nested uplink: how the wire of an inner cloud leaves its VM.

/**
 * A second NIC of a VM that leads past br-int straight onto a provider bridge of its host, as the wire of an inner cloud
 * (VLAN in VLAN, docs/reference/nested-uplinks.md). Its host is the VM's.
 */
export interface NestedUplink {
  readonly id: string
  readonly vmId: string
  /** Whose provider bridge it is plugged into. */
  readonly physicalNetworkId: string
  /** Tells the uplinks of one host apart, and makes their device names; from 1. */
  readonly number: number
  readonly macAddress: string
}
