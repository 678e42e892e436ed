// A router: joins subnets, and these with an external network. Its interfaces are ports whose device it is.

/** An extra route, Neutron's: for what is in no subnet of the router. */
export interface RouterRoute {
  /** `10.9.0.0/16` */
  readonly destination: string
  /** An address in a subnet of the router that is not the router's own. */
  readonly nexthop: string
}

/** Where the router leads out. */
export interface RouterGateway {
  readonly networkId: string
  /** Its port in the external network. */
  readonly portId: string
  /** What leaves without a floating IP takes the address of that port. Of a distributed router it leaves by the central part. */
  readonly isSnatEnabled: boolean
}

/**
 * How a distributed router leads floating IPs out: `dvr` as Neutron does, `by-hand` as one does who builds it by hand
 * (docs/reference/routers.md), `gateway` by a gateway cluster (docs/reference/cloud-gateway.md).
 */
export const floatingIpModes = ['dvr', 'by-hand', 'gateway'] as const
export type FloatingIpMode = (typeof floatingIpModes)[number]

export interface Router {
  readonly id: string
  readonly projectId: string
  readonly name: string
  readonly isAdminStateUp: boolean
  /** It stands on every host with a port of one of its networks; otherwise on one network host (Neutron's legacy router). */
  readonly isDistributed: boolean
  /** Of one that is distributed; any other has `dvr`. */
  readonly floatingIpMode: FloatingIpMode
  /** By which it leads out, in the mode `gateway`. */
  readonly gatewayClusterId?: string
  /**
   * Where it runs, if it is not distributed, and where the central part of a distributed one does (central-part.ts): settled, and kept while that host can
   * carry all of its networks. null: no host can, or there is nothing to run.
   */
  readonly hostId: string | null
  readonly gateway: RouterGateway | null
  /**
   * Settled, for a distributed router with a gateway: which pair of 169.254.64.0/18 joins its namespaces with those of floating IPs, from 0 to 8191. No other
   * router's, and kept for life.
   */
  readonly linkLocalPair?: number
  readonly routes: readonly RouterRoute[]
}
