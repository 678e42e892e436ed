// A port forwarding: one port of a floating IP, led to a port of a VM. Such a floating IP leads to many, and to none of them as a whole.

export interface PortForwarding {
  readonly id: string
  readonly floatingIpId: string
  readonly protocol: 'tcp' | 'udp'
  /** Of the floating IP. */
  readonly externalPort: number
  /** Whom it leads to: a port, one of its addresses, and which port there. */
  readonly internalPortId: string
  readonly internalIpAddress: string
  readonly internalPort: number
}
