// A floating IP: an address of an external network that a router translates to that of a port, both ways.

export interface FloatingIp {
  readonly id: string
  readonly projectId: string
  /** External. */
  readonly networkId: string
  /** Its port there: it has the address, and stands on no host. */
  readonly portId: string
  /** Whom it leads to: a port, and one of its addresses. Both or neither; neither while single ports of it are forwarded. */
  readonly fixedPortId: string | null
  readonly fixedIpAddress: string | null
  /**
   * Settled: the router that joins the subnet of that address with the external network, or those of its port
   * forwardings. null: it has neither. */
  readonly routerId: string | null
  /** Settled, for a distributed router: priority of the rule that leads packets of the fixed address out, no other floating IP's. Kept while it is associated. */
  readonly rulePriority: number | null
}
